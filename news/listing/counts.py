"""Counts of news items by type, tag, publisher and year.

The counts of all items, and of those that a single filter leaves, are kept (`news.kept_counts`). The others are
written in SQL, which reads each set of items once (`WITH`), however many facets are counted in it.
Django has no `WITH`, so querysets repeat the set in the query of each facet. With 100,000 items on PostgreSQL, they
raise the processor time of a page from 83 to 182 ms for a place, from 105 to 267 ms for a type, and from 114 to 670
ms for a word that most items hold. That is 10.3 times as long as with 100 items; benchmarks/growth.py allows 10.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.functions import ExtractYear

from news.items import NewsItemQuerySet
from news.kept_counts.models import MONTH, PUBLISHER, TYPE, YEAR
from news.kept_counts.reading import KeptChoice, visible_counts, visible_counts_with
from news.listing.query import NewsQuery
from news.publishers import Publisher
from news.tagged_items import TAGGED_ITEMS
from site_core.fields.pagination import MOST_COUNTED
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind, Term

# The facets, by key of the query string, in the order of the form.
FACETS = (*Kind.values, "type", "publisher", "year")
# The size of the sample that shows whether most items hold the words.
SAMPLE_SIZE = 50
_COLUMN_COUNTS = {
    "type": "SELECT 'type', item_type, item_type, COUNT(*) FROM {items} GROUP BY item_type",
    "year": "SELECT 'year', CAST(year AS varchar(4)), CAST(year AS varchar(4)), COUNT(*) FROM {items}"
    " WHERE year IS NOT NULL GROUP BY year",
}
# An item has a tag once at most, so no DISTINCT is needed.
_TAG_COUNTS = (
    "SELECT tag_id, COUNT(*) AS number FROM {tagged_items}"
    " WHERE content_object_id IN (SELECT id FROM {items}) GROUP BY 1"
)
_PUBLISHER_COUNTS = "SELECT publisher_id, COUNT(*) AS number FROM {items} GROUP BY 1"


class FacetCount(NamedTuple):
    """One value of a facet with its name, and the number of items that have it."""

    facet: str
    value: str
    name: str
    number: int


class ItemTables:
    """The items of some queries, each set as a table in one `WITH` statement."""

    def __init__(self, items_of: Mapping[NewsQuery, NewsItemQuerySet]) -> None:
        """Take the items of each query. A query that cannot match anything gets no table."""
        self.tables: dict[NewsQuery, str] = {}
        self.parameters: list[Any] = []
        self._definitions: list[str] = []
        for query, items in items_of.items():
            columns = items.annotate(year=ExtractYear("first_day")).values_list("pk", "item_type", "publisher", "year")
            try:
                sql, parameters = columns.query.sql_with_params()
            except EmptyResultSet:
                continue
            self.tables[query] = f"items_{len(self.tables)}"
            self._definitions.append(f"{self.tables[query]} (id, item_type, publisher_id, year) AS ({sql})")
            self.parameters += parameters

    def fetch(self, counts: Iterable[str]) -> list[tuple[str, str, str, int]]:
        """Return the rows of all these counts, in one query."""
        statement = " UNION ALL ".join(counts)
        if not statement:
            return []
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(self._definitions)} {statement}", self.parameters)
            return cursor.fetchall()


def facet_counts(queries: Mapping[str, NewsQuery]) -> list[FacetCount]:
    """Count the items of each facet's query by the values of the facet.

    What a single filter leaves is kept. Everything else is counted in one query for all facets.
    """
    kept = [
        each
        for query in set(queries.values())
        if query.only_choice
        for each in _named(visible_counts_with(query.only_choice))
        if queries.get(each.facet) == query
    ]
    return kept + _counted({facet: query for facet, query in queries.items() if not query.only_choice})


def _counted(queries: Mapping[str, NewsQuery]) -> list[FacetCount]:
    """Count the items of queries that have several filters or words.

    If most items hold the words of a query, it counts the others, which are fewer, and subtracts them from all.
    """
    distinct = set(queries.values())
    common = {query for query in distinct if query.has_only_words and _matches_most_items(query)}
    tables = ItemTables(
        {query: query.items_without_words() if query in common else query.items().order_by() for query in distinct}
    )
    counts = [_count_of(facet, tables.tables[query]) for facet, query in queries.items() if query in tables.tables]
    found = [FacetCount(*row) for row in tables.fetch(counts)]
    if not common:
        return found
    without_words = {(each.facet, each.value): each.number for each in found if queries[each.facet] in common}
    subtracted = [
        each._replace(number=each.number - without_words.get((each.facet, each.value), 0))
        for each in facet_counts_of_all()
        if queries.get(each.facet) in common
    ]
    return [each for each in found if queries[each.facet] not in common] + [each for each in subtracted if each.number]


def _matches_most_items(query: NewsQuery) -> bool:
    """Whether the query matches most of the newest items, which are taken as a sample of all."""
    newest = NewsQuery().items().values("pk")[:SAMPLE_SIZE]
    return bool(query.items().order_by().filter(pk__in=newest).count() > SAMPLE_SIZE / 2)


@memoized
def facet_counts_of_all() -> tuple[FacetCount, ...]:
    """Return the kept counts of all visible items by every facet."""
    return tuple(_named(visible_counts()))


def _named(counts: Mapping[KeptChoice, int]) -> Iterator[FacetCount]:
    """Yield the kept counts that the list has a filter for, with slugs and names."""
    names = _names()
    for (facet, value), number in counts.items():
        if facet in (TYPE, YEAR):
            yield FacetCount(facet, value, value, number)
        elif facet != MONTH:
            yield FacetCount(facet, *names[facet == PUBLISHER, value], number)


@memoized
def _names() -> Mapping[tuple[bool, str], tuple[str, str]]:
    """Return the slug and the name of each term and publisher, by whether it is a publisher and by its pk."""
    rows = ((model is Publisher, model.objects.values_list("pk", "slug", "name")) for model in (Term, Publisher))
    return {(is_publisher, str(pk)): (slug, name) for is_publisher, named in rows for pk, slug, name in named}


def item_counts(queries: Mapping[str, NewsQuery]) -> dict[str, int]:
    """Count the items of each named query, up to one more than the site shows. Runs one query."""
    tables = ItemTables({query: query.items().order_by()[: MOST_COUNTED + 1] for query in queries.values()})
    named = {name: tables.tables[query] for name, query in queries.items() if query in tables.tables}
    counts = (
        f"SELECT '{name}', '', '', COUNT(*) FROM {table}"  # noqa: S608 (the names are keys of the query string)
        for name, table in named.items()
    )
    return {name: number for name, _, _, number in tables.fetch(counts)}


def _count_of(facet: str, items: str) -> str:
    """Return the statement that counts a table of items by one facet."""
    if facet in _COLUMN_COUNTS:
        return _COLUMN_COUNTS[facet].format(items=items)
    if facet == "publisher":
        counts, column, table = _PUBLISHER_COUNTS.format(items=items), "publisher_id", Publisher._meta.db_table
    else:
        tagged_items = TAGGED_ITEMS[facet]._meta.db_table
        counts, column, table = (
            _TAG_COUNTS.format(items=items, tagged_items=tagged_items),
            "tag_id",
            Term._meta.db_table,
        )
    return (
        f"SELECT '{facet}', named.slug, named.name, counts.number FROM ({counts}) AS counts"  # noqa: S608 (our names)
        f" JOIN {table} AS named ON named.id = counts.{column}"
    )
