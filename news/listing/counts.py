"""How many news items there are of each kind, with each tag, of each year and so on.

Each set of items is read from the database once, however much is counted in it. Django would write it into the query
anew for everything that is counted, which takes seven times as long where a hundred thousand items are on file.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.functions import ExtractYear

from news.listing.query import NewsQuery
from news.publishers import Publisher
from news.tagged_items import TAGGED_ITEMS
from site_core.fields.pagination import MOST_COUNTED
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind, Term

# What the items are counted by: keys of the query string, in the order of the form.
FACETS = (*Kind.values, "type", "publisher", "year")
# So many show whether a word stands on most items.
NEWEST = 50
_BY_ITSELF = {
    "type": "SELECT 'type', item_type, item_type, COUNT(*) FROM {items} GROUP BY item_type",
    "year": "SELECT 'year', CAST(year AS varchar(4)), CAST(year AS varchar(4)), COUNT(*) FROM {items}"
    " WHERE year IS NOT NULL GROUP BY year",
}
# A term stands in the ties of an item once at most: the database sees to it.
_TAGGED = (
    "SELECT tag_id, COUNT(*) AS number FROM {ties} WHERE content_object_id IN (SELECT id FROM {items}) GROUP BY 1"
)
_PUBLISHED = "SELECT publisher_id, COUNT(*) AS number FROM {items} GROUP BY 1"


class Counted(NamedTuple):
    """One value of a facet, by its address and its name, and the number of items that have it."""

    facet: str
    value: str
    name: str
    number: int


class Answers:
    """The items that answer some queries, each of them a table in one statement."""

    def __init__(self, answers: Mapping[NewsQuery, Any]) -> None:
        """Takes a queryset for each query. A query that nothing can answer has no table."""
        self.tables: dict[NewsQuery, str] = {}
        self.parameters: list[Any] = []
        self._written: list[str] = []
        for query, items in answers.items():
            columns = items.annotate(year=ExtractYear("first_day")).values_list("pk", "item_type", "publisher", "year")
            try:
                sql, parameters = columns.query.sql_with_params()
            except EmptyResultSet:
                continue
            self.tables[query] = f"answers_{len(self.tables)}"
            self._written.append(f"{self.tables[query]} (id, item_type, publisher_id, year) AS ({sql})")
            self.parameters += parameters

    def asked(self, counts: Iterable[str]) -> list[tuple[Any, ...]]:
        """The rows of all these counts, in one query."""
        statement = " UNION ALL ".join(counts)
        if not statement:
            return []
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(self._written)} {statement}", self.parameters)
            return cursor.fetchall()


def counted(asked: Mapping[str, NewsQuery]) -> list[Counted]:
    """For each facet, every value that items have that answer its query: one query for all facets.

    Where most items answer, those that do not are counted, which are fewer, and taken off the count of all.
    """
    queries = set(asked.values())
    most = {query for query in queries if query.is_words_alone and _most_answer(query)}
    answers = Answers({query: query.left_out() if query in most else query.items().order_by() for query in queries})
    counts = [_count_of(facet, answers.tables[query]) for facet, query in asked.items() if query in answers.tables]
    found = [Counted(*row) for row in answers.asked(counts)]
    if not most:
        return found
    left_out = {(one.facet, one.value): one.number for one in found if asked[one.facet] in most}
    others = [
        one._replace(number=one.number - left_out.get((one.facet, one.value), 0))
        for one in counted_in_all()
        if asked.get(one.facet) in most
    ]
    return [one for one in found if asked[one.facet] not in most] + [one for one in others if one.number]


def _most_answer(query: NewsQuery) -> bool:
    """Whether most of the newest items do, which is taken for a sign that most of all do."""
    newest = NewsQuery().items().values("pk")[:NEWEST]
    return bool(query.items().order_by().filter(pk__in=newest).count() > NEWEST / 2)


@memoized
def counted_in_all() -> tuple[Counted, ...]:
    """Every value of every facet among all visible items."""
    return tuple(counted(dict.fromkeys(FACETS, NewsQuery())))


def numbers_of(queries: Mapping[str, NewsQuery]) -> dict[str, int]:
    """How many items answer each query that has a name here, counted to one more than are shown: one query."""
    answers = Answers({query: query.items().order_by()[: MOST_COUNTED + 1] for query in queries.values()})
    named = {name: answers.tables[query] for name, query in queries.items() if query in answers.tables}
    counts = (f"SELECT '{name}', COUNT(*) FROM {table}" for name, table in named.items())  # noqa: S608 (our names)
    return dict(answers.asked(counts))


def _count_of(facet: str, items: str) -> str:
    """The statement that counts one facet in a table of items."""
    if facet in _BY_ITSELF:
        return _BY_ITSELF[facet].format(items=items)
    if facet == "publisher":
        counted, by, table = _PUBLISHED.format(items=items), "publisher_id", Publisher._meta.db_table
    else:
        ties = TAGGED_ITEMS[facet]._meta.db_table
        counted, by, table = _TAGGED.format(items=items, ties=ties), "tag_id", Term._meta.db_table
    return (
        f"SELECT '{facet}', named.slug, named.name, counted.number FROM ({counted}) AS counted"  # noqa: S608 (our names)
        f" JOIN {table} AS named ON named.id = counted.{by}"
    )
