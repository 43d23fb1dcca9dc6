"""How many items each further choice would leave, so that nobody is offered one that leads nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear

from news.items import ItemType
from news.listing import Choice, NewsQuery
from news.ties import TIES
from site_core.taxonomy.models import Kind

# Each facet by its key in the query string, in the order of the form.
LABELS: Mapping[str, str] = {
    **dict(Kind.choices),
    "type": "Type",
    "publisher": "Publisher",
    "year": "Year",
}


@dataclass(frozen=True)
class FacetChoice:
    """One value of a facet, and how many items there are with it and with all that is chosen in the other facets."""

    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One thing the list can be narrowed by. Without choices it is not offered."""

    key: str
    choices: list[FacetChoice]

    @property
    def label(self) -> str:
        return LABELS[self.key]


@dataclass(frozen=True)
class Relaxation:
    """A chosen filter without which there are items, and how many."""

    choice: Choice
    count: int


def facets_of(query: NewsQuery) -> list[Facet]:
    """Every facet with its choices: one query for all of them. What is chosen stays, even where nothing answers."""
    answers, chosen = _answers(query), query.chosen
    counted = [_counted(key, _answers(query.without(key)) if key in chosen else answers) for key in LABELS]
    found: dict[str, dict[str, FacetChoice]] = {key: {} for key in LABELS}
    for key, (value, name) in chosen.items():
        if key in found:
            found[key][value] = FacetChoice(value, name, 0, is_chosen=True)
    for key, value, name, count in counted[0].union(*counted[1:], all=True):
        label = str(ItemType(value).label) if key == "type" else name
        found[key][value] = FacetChoice(value, label, count, is_chosen=value in found[key])
    return [Facet(key, _in_order(key, choices.values())) for key, choices in found.items()]


def relaxations_of(query: NewsQuery) -> list[Relaxation]:
    """Which single filters to give up where nothing answers all of them: one query."""
    if not query.choices:
        return []
    counted = [
        _answers(query.without(key)).annotate(facet=_constant(key)).values_list("facet").annotate(number=Count("pk"))
        for key in query.chosen
    ]
    counts = dict(counted[0].union(*counted[1:], all=True))
    pairs = zip(query.chosen, query.choices, strict=True)
    return [Relaxation(choice, counts[key]) for key, choice in pairs if counts.get(key)]


def _answers(query: NewsQuery) -> QuerySet[Any, Any]:
    """The items that answer, in no order: grouping by a value must not group by what they are sorted by as well."""
    return query.items().order_by()


def _counted(key: str, items: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """(key, value, name, number of items) of each value of a facet among the items."""
    if key in TIES:
        ties = TIES[key]._default_manager.filter(content_object_id__in=items.values("pk")).order_by()
        return _rows(key, ties, "tag__slug", "tag__name", "content_object_id")
    if key == "publisher":
        return _rows(key, items.filter(publisher__isnull=False), "publisher__slug", "publisher__name", "pk")
    if key == "year":
        year = Cast(ExtractYear("first_day"), CharField())
        return _rows(key, items.filter(first_day__isnull=False).annotate(year=year), "year", "year", "pk")
    return _rows(key, items, "item_type", "item_type", "pk")


def _rows(key: str, grouped: Any, value: str, name: str, counted: str) -> QuerySet[Any, Any]:
    named = grouped.annotate(facet=_constant(key), facet_value=F(value), facet_name=F(name))
    rows: QuerySet[Any, Any] = named.values_list("facet", "facet_value", "facet_name").annotate(
        number=Count(counted, distinct=True)
    )
    return rows


def _constant(key: str) -> Value:
    return Value(key, output_field=CharField())


def _in_order(key: str, choices: Any) -> list[FacetChoice]:
    """Years from the newest, everything else by name."""
    if key == "year":
        return sorted(choices, key=lambda choice: choice.value, reverse=True)
    return sorted(choices, key=lambda choice: choice.name.casefold())
