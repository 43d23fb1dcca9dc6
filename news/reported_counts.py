"""Counts before and after that news items report, collected for the pages of places and strategies and the home page.

They stand in the bodies of news items, in blocks with a place, and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from impact.before_after import BeforeAfter
from news.items import COUNTS_BLOCK, HAS_COUNTS, NewsItemPage
from news.rows import NewsRow, rows_of
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind, PlaceTerm, Term


@dataclass(frozen=True)
class ReportedCount:
    """Two counts of one outcome in one place, and the news item that reports them."""

    place: PlaceTerm
    outcome: str
    comparison: BeforeAfter
    source: str
    item: NewsItemPage
    # The slugs of the strategies that the item is tagged with.
    strategies: frozenset[str]

    @property
    def published_in(self) -> str:
        """“New York Times, April 2018”, or the headline of an item of which neither is on record."""
        return ", ".join(str(part) for part in (self.item.publisher, self.item.date) if part) or self.item.title

    @property
    def further_source(self) -> str:
        """The source within the news item, such as “State report, p. 1202”, "" if it is the news item itself."""
        return "" if self.source == self.published_in else self.source


@memoized
def reported_counts() -> tuple[ReportedCount, ...]:
    """Every count of a visible news item that names its place, the newest item first."""
    items = NewsItemPage.objects.visible().select_related("publisher").filter(HAS_COUNTS).newest_first()
    rows = rows_of(items)
    chosen = {block["value"].get("place") for row in rows for block in _blocks_of(row.item)}
    places = PlaceTerm.objects.in_bulk(chosen - {None})
    return tuple(count for row in rows for count in _counts_of(row, places))


def counts_in(place: PlaceTerm) -> list[ReportedCount]:
    return [count for count in reported_counts() if count.place.pk == place.pk]


def counts_about(strategy: Term) -> list[ReportedCount]:
    """The counts of news items that are tagged with the strategy."""
    return [count for count in reported_counts() if strategy.slug in count.strategies]


def _blocks_of(item: NewsItemPage) -> list[dict[str, Any]]:
    """The blocks as they are stored, because each body would read its places by a query of its own."""
    return [block for block in item.body.raw_data if block["type"] == COUNTS_BLOCK]


def _counts_of(row: NewsRow[NewsItemPage], places: dict[int, PlaceTerm]) -> Iterator[ReportedCount]:
    strategies = {tag.slug for cluster in row.clusters if cluster.kind == Kind.STRATEGY for tag in cluster.tags}
    for block in _blocks_of(row.item):
        value = block["value"]
        place = places.get(value.get("place"))
        if not place:
            continue
        yield ReportedCount(
            place=place,
            outcome=value["outcome"],
            comparison=BeforeAfter(value["before"], value["before_period"], value["after"], value["after_period"]),
            source=value.get("source") or "",
            item=row.item,
            strategies=frozenset(strategies),
        )
