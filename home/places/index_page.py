"""PlaceIndexPage: every place on record, as a table and on a map."""

from typing import Any

from django.http import HttpRequest

from home.places.map import places_map
from home.places.records import places_on_record
from news.listing.query import get_term
from site_core.pages.base import IndexPage
from site_core.taxonomy.models import Kind


class PlaceIndexPage(IndexPage):
    """The list of all places, or of those of `?strategy=`. The URL of a place is below its URL."""

    fixed_slug = "places"
    template = "home/place_index_page.html"

    class Meta:
        verbose_name = "place list"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """Adds the places with their map. Raises Http404 for an unknown strategy."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        slug = request.GET.get("strategy")
        strategy = get_term(Kind.STRATEGY, slug) if slug else None
        records = places_on_record()
        shown = [record for record in records if not strategy or strategy.pk in record.strategy_terms]
        return context | {
            "places": shown,
            "map": places_map(record.place for record in shown),
            "strategies": sorted(
                {page for record in records for page in record.strategies}, key=lambda page: page.path
            ),
            "strategy": strategy,
            "about_partner_violence": strategy is not None and strategy.concerns_partner_violence,
        }
