"""PlaceIndexPage: every place on record, as a table and on a map."""

from typing import Any

from django.http import HttpRequest

from home.places.map import places_map
from home.places.records import places_on_record
from site_core.pages.base import IndexPage


class PlaceIndexPage(IndexPage):
    """The list of places. The URL of a place is below its URL."""

    fixed_slug = "places"
    template = "home/place_index_page.html"

    class Meta:
        verbose_name = "place list"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        places = places_on_record()
        return context | {"places": places, "map": places_map(record.place for record in places)}
