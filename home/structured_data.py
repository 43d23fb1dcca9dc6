"""The structured data of a place's page."""

from django.http import HttpRequest
from django.urls import reverse

from home.places.states import name_with_state, state_of
from site_core.seo.structured_data import Claim, place, web_page
from site_core.taxonomy.models import PlaceTerm


def place_claims(found: PlaceTerm, request: HttpRequest) -> list[Claim]:
    """Describe our page, the place, and the larger places that the page names."""
    larger = [found.larger_place.name if found.larger_place else "", state_of(found)]
    about = place(found.name, larger)
    return [web_page(request, reverse("place", args=[found.slug]), name_with_state(found), about=about)]
