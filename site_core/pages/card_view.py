"""Serves the social card of a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Page

from site_core.organization.models import OrganizationSettings
from site_core.pages.base import SitePage, SitePageQuerySet
from site_core.social_cards.open_graph import card_url
from site_core.social_cards.store import card_response


@require_safe
def page_card(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """The social card of a public page, as a PNG. Raises Http404 for any other page."""
    page: Page = get_object_or_404(SitePageQuerySet(Page).visible(), pk=page_id).specific
    if not isinstance(page, SitePage):
        raise Http404("This page has no card.")
    card = page.social_card(OrganizationSettings.shown(request))
    return card_response(card, digest, card_url(card, "page_card", page.pk))
