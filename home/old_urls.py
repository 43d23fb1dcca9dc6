"""Addresses of the site's earlier forms: each leads, in one step, to what stands there now.

A redirect that an editor entered comes first. After it only a name on record counts: the address of a page, one that
it had before, or another name of its term. Where nothing goes by the name, there is no page, and no guess.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.places.records import places_with_a_page
from news.models import NewsIndexPage
from site_core.pages.base import SitePageQuerySet
from site_core.taxonomy.models import FormerSlug, Kind, Term
from strategies.models import HEADINGS, StrategyPage


@require_safe
def old_news_archive(request: HttpRequest) -> HttpResponse:
    """The archive, which was cut into pages of 25: /impact/news, /impact/news/P25, /impact/news/P50 …"""
    return entered(request) or to_page(SitePageQuerySet(NewsIndexPage).visible().first())


@require_safe
def old_strategy(request: HttpRequest, slug: str) -> HttpResponse:
    """A strategy, or what the old site called an innovation."""
    return entered(request) or to_page(strategy_called(slug))


@require_safe
def old_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Work outside the United States, which the old site kept by place."""
    if found := entered(request):
        return found
    term = term_called(slug, [Kind.PLACE])
    place = places_with_a_page().filter(pk=term.pk).first() if term else None
    if place is None:
        raise Http404("No place goes by that name.")
    return HttpResponsePermanentRedirect(reverse("place", args=[place.slug]))


def entered(request: HttpRequest) -> HttpResponse | None:
    """Where an editor's redirect for the address leads, if there is one and its page is to be seen."""
    kept = get_redirect(request, Redirect.normalise_path(request.path))
    if kept is None or not kept.link:
        return None
    if kept.redirect_page_id and not SitePageQuerySet(Page).visible().filter(pk=kept.redirect_page_id).exists():
        return None
    return redirect(kept.link, permanent=kept.is_permanent)


def to_page(page: Any) -> HttpResponse:
    if page is None:
        raise Http404("Nothing on this site goes by that name.")
    return HttpResponsePermanentRedirect(page.url)


def strategy_called(slug: str) -> StrategyPage | None:
    """The visible page with that slug, with that slug before, or whose term goes by that name."""
    pages = StrategyPage.objects.visible()
    before = Redirect.objects.filter(old_path=f"/strategies/{slug}").values("redirect_page")
    found: StrategyPage | None = pages.filter(slug=slug).first() or pages.filter(pk__in=before).first()
    if found is None and (term := term_called(slug, list(HEADINGS))):
        found = pages.filter(term_id=term.pk).first()
    return found


def term_called(slug: str, kinds: list[Kind]) -> Term | None:
    """The one term of these kinds with that slug, with that slug before, or with another name written so.

    None where two terms go by it.
    """
    terms = Term.objects.filter(kind__in=kinds)
    if term := terms.filter(slug=slug).order_by("pk").first():
        return term
    if former := FormerSlug.objects.filter(kind__in=kinds, slug=slug).select_related("term").first():
        return former.term
    called_so = [term for term in terms if slug in map(slugify, term.other_names)]
    return called_so[0] if len(called_so) == 1 else None
