"""The social card of a place."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import get_text_list
from django.views.decorators.http import require_safe

from home.places.records import places_with_a_page, strategies_in_records_of, uses_in
from home.places.states import name_with_state
from news.listing.query import get_term
from site_core.organization.models import OrganizationSettings
from site_core.social_cards.card import SocialCard
from site_core.social_cards.open_graph import SharedLink, card_url, shared_link
from site_core.social_cards.store import card_response
from site_core.taxonomy.models import Kind, PlaceTerm


@require_safe
def place_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Render the social card of a place, also at a former slug."""
    place = get_object_or_404(places_with_a_page(), pk=get_term(Kind.PLACE, slug).pk)
    card = social_card(place, OrganizationSettings.shown(request))
    return card_response(card, digest, card_url(card, "place_card", place.slug))


def shared_place(request: HttpRequest, place: PlaceTerm, description: str) -> SharedLink:
    """Return what other sites show of a link to the place."""
    card = social_card(place, OrganizationSettings.shown(request))
    url = reverse("place", args=[place.slug])
    return shared_link(card.title, description, url, card, "place_card", place.slug)


def description_of(place: PlaceTerm, kinds: Sequence[str]) -> str:
    """Describe the page of a place by the kinds of what it holds, such as “news”."""
    held = f"On record: {get_text_list(list(kinds), 'and')}." if kinds else "Nothing is on record yet."
    return f"{name_with_state(place)}. {held}"


def social_card(place: PlaceTerm, organization: OrganizationSettings) -> SocialCard:
    """The card says which strategies the page of the place names."""
    pages = dict.fromkeys([*(use.page for use in uses_in(place)), *strategies_in_records_of(place)])
    foot = " · ".join(filter(None, ("Place", ", ".join(page.title for page in pages))))
    return SocialCard(organization.name, name_with_state(place), foot)
