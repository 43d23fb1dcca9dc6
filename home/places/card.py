"""The social card of a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.places.records import places_with_a_page
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


def shared_place(request: HttpRequest, place: PlaceTerm) -> SharedLink:
    """Return what other sites show of a link to the place."""
    organization = OrganizationSettings.shown(request)
    card = social_card(place, organization)
    description = f"What is on record for {card.title}: measured figures with their evidence, strategies and news."
    url = reverse("place", args=[place.slug])
    return shared_link(card.title, description, url, card, "place_card", place.slug)


def social_card(place: PlaceTerm, organization: OrganizationSettings) -> SocialCard:
    return SocialCard(organization.name, name_with_state(place), "Place")
