"""Reads the kept counts of the items that visitors see."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q, Sum

from news.items import NewsItemPage
from news.kept_counts.models import PAIR, KeptCount
from news.kept_counts.statements import of_all
from site_core.page_cache.memoize import memoized
from site_core.publishing.visibility import hidden_pages


@memoized
def visible_counts() -> Mapping[tuple[str, str], int]:
    """The number of visible items by facet and value, without pairs."""
    return _visible(KeptCount.objects.exclude(facet=PAIR).values_list("facet", "value").annotate(Sum("change")))


@memoized
def places_of_terms() -> Mapping[int, set[int]]:
    """The places that share a visible item with each term, by pk."""
    places: dict[int, set[int]] = {}
    pairs = _visible(KeptCount.objects.filter(facet=PAIR).values_list("facet", "value").annotate(Sum("change")))
    for _, pair in pairs:
        term, place = pair.split()
        places.setdefault(int(term), set()).add(int(place))
    return places


def _visible(kept: Iterable[tuple[str, str, int]]) -> Counter[tuple[str, str]]:
    """The counts of live items, without those that are private and aliases of what is not public."""
    counts = Counter({(facet, value): number for facet, value, number in kept})
    counts.subtract(_hidden_counts())
    return +counts


@memoized
def _hidden_counts() -> Counter[tuple[str, str]]:
    hidden = hidden_pages()
    if not (hidden.paths or hidden.aliases):
        return Counter()
    condition = Q(pk__in=hidden.aliases)
    for path in hidden.paths:
        condition |= Q(path__startswith=path)
    items = NewsItemPage.objects.live().filter(condition).order_by().values("pk")
    sql, parameters = items.query.sql_with_params()
    with connection.cursor() as cursor:
        counted = of_all("page.id IN (SELECT id FROM hidden)")
        cursor.execute(f"WITH hidden (id) AS ({sql}) {counted}", parameters)
        counts: Counter[tuple[str, str]] = Counter()
        for facet, value, number in cursor.fetchall():
            counts[facet, value] += number
        return counts
