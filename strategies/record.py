"""A strategy in a list: where it is used, and the places that tags and stats connect with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from impact.models import ImpactStat
from impact.shown import current_stats
from news.kept_counts.reading import places_of_terms
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.clusters import Tag
from site_core.taxonomy.models import Kind, PlaceTerm
from strategies.uses import StrategyUse, UseKind, by_kind

# More links than these in one row of a list are a wall. The page of the strategy has all of them.
PLACES_IN_A_ROW = 12


@dataclass(frozen=True)
class StrategyRow:
    """The page of a strategy with its uses, the other places in its records and its count of stats."""

    page: Page
    uses: list[tuple[UseKind, list[StrategyUse]]]
    # The places of its stats and its news. That a strategy is used there is not on record.
    places: list[Tag]
    stat_count: int

    @property
    def first_places(self) -> list[Tag]:
        """The places that a list of strategies names."""
        return self.places[:PLACES_IN_A_ROW]

    @property
    def more_places(self) -> int:
        """How many places a list leaves to the page of the strategy."""
        return len(self.places) - len(self.first_places)

    @property
    def place_slugs(self) -> set[str]:
        """The slugs of all places that the records connect with the strategy."""
        return {use.place.slug for _, uses in self.uses for use in uses} | {place.slug for place in self.places}


def strategy_rows(pages: Iterable[Page]) -> list[StrategyRow]:
    """A row for each page. Reads the uses page by page where they are not prefetched."""
    pages = list(pages)
    in_news = _places_in_news()
    stats = current_stats()
    return [_row(page, in_news.get(page.term_id, set()), stats) for page in pages]


def _row(page: Page, in_news: set[Tag], stats: list[ImpactStat]) -> StrategyRow:
    own = [stat for stat in stats if stat.strategy_id and stat.strategy_id == page.term_id]
    measured = {
        Tag(Kind.PLACE, stat.place.name, stat.place.slug) for stat in own if stat.place and stat.place.has_page
    }
    uses = list(page.uses.all())
    used = {use.place.slug for use in uses}
    others = [place for place in in_news | measured if place.slug not in used]
    return StrategyRow(page, by_kind(uses), sorted(others, key=lambda place: place.name), len(own))


@memoized
def _places_in_news() -> dict[int, set[Tag]]:
    """The places with a page that share a visible news item with a term, by the pk of the term."""
    with_page = PlaceTerm.objects.filter(has_page=True).values_list("pk", "name", "slug")
    places = {pk: Tag(Kind.PLACE, name, slug) for pk, name, slug in with_page}
    return {term: {places[pk] for pk in found & places.keys()} for term, found in places_of_terms().items()}
