"""Reads the kept counts of the items that visitors see."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import connection
from django.db.models import CharField, Q, Sum, Value
from django.db.models.functions import Cast, Concat
from wagtail.models import Page

from news.kept_counts.models import MONTH, PUBLISHER, TYPE, YEAR, KeptCount
from news.kept_counts.statements import values_of_items
from site_core.page_cache.memoize import memoized
from site_core.publishing.visibility import hidden_pages
from site_core.taxonomy.models import Kind, Term

# A facet and one of its values.
KeptChoice = tuple[str, str]
_FACETS = (*Kind.values, TYPE, PUBLISHER, YEAR, MONTH)


@memoized
def visible_counts() -> Mapping[KeptChoice, int]:
    """The number of visible items by facet and value."""
    rows = KeptCount.objects.filter(facet__in=_FACETS).values_list("facet", "value").annotate(Sum("change"))
    counts = Counter({(facet, value): number for facet, value, number in rows})
    return _less(counts, _hidden_items())


@memoized
def visible_counts_with(chosen: KeptChoice) -> Mapping[KeptChoice, int]:
    """The number of visible items that have a chosen value, by every other facet and value."""
    rows = KeptCount.objects.filter(facet=" ".join(chosen)).values_list("value").annotate(Sum("change"))
    counts = Counter({_choice(other): number for other, number in rows})
    return _less(counts, (item for item in _hidden_items() if chosen in item))


@memoized
def places_of_terms() -> Mapping[int, set[int]]:
    """The places that share a visible item with each term, by pk."""
    terms = Term.objects.exclude(kind=Kind.PLACE).order_by()
    facets = terms.values_list(Concat("kind", Value(" "), Cast("pk", CharField()), output_field=CharField()))
    rows = KeptCount.objects.filter(facet__in=facets, value__startswith=f"{Kind.PLACE} ").values_list("facet", "value")
    pairs = rows.annotate(Sum("change"))
    counts = Counter({(_choice(term), _choice(place)): number for term, place, number in pairs})
    for item in _hidden_items():
        counts.subtract((one, other) for one in item for other in item)
    places: dict[int, set[int]] = {}
    for (_, term), (_, place) in +counts:
        places.setdefault(int(term), set()).add(int(place))
    return places


def _choice(text: str) -> KeptChoice:
    facet, value = text.split(" ")
    return facet, value


def _less(counts: Counter[KeptChoice], hidden: Iterable[Collection[KeptChoice]]) -> Counter[KeptChoice]:
    """The counts of live items, without those of hidden ones."""
    for item in hidden:
        counts.subtract(item)
    return +counts


@memoized
def _hidden_items() -> Collection[Collection[KeptChoice]]:
    """All facets and values of each live item that is private or an alias of what is not public."""
    hidden = hidden_pages()
    if not (hidden.paths or hidden.aliases):
        return ()
    condition = Q(pk__in=hidden.aliases)
    for path in hidden.paths:
        condition |= Q(path__startswith=path)
    live = Page.objects.live().filter(condition).order_by().values("pk")
    sql, parameters = live.query.sql_with_params()
    items: dict[int, list[KeptChoice]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH hidden (id) AS ({sql}) {values_of_items('SELECT id FROM hidden')}", parameters)  # noqa: S608
        for pk, facet, value in cursor.fetchall():
            items.setdefault(pk, []).append((facet, value))
    return tuple(items.values())
