"""How many items each further choice would leave, so that nobody is offered one that leads nowhere."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from news.items import ItemType
from news.listing.counts import FACETS, Counted, counted, counted_in_all, numbers_of
from news.listing.query import Choice, NewsQuery
from site_core.fields.templatetags.counts import counted as counted_in_words
from site_core.taxonomy.models import Kind

SELECTED = mark_safe(" selected")
# Each facet by its key in the query string.
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
    """One object the list can be narrowed by. Without choices it is not offered."""

    key: str
    choices: list[FacetChoice]

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def options(self) -> SafeString:
        """Its choices as the form has them. There may be hundreds, and a template takes its time for each."""
        return format_html_join(
            "",
            '<option value="{}"{}>{} ({})</option>',
            (
                (choice.value, SELECTED if choice.is_chosen else "", choice.name, counted_in_words(choice.count))
                for choice in self.choices
            ),
        )


@dataclass(frozen=True)
class Relaxation:
    """A chosen filter without which there are items, and how many, counted to one more than are shown."""

    choice: Choice
    count: int


def facets_of(query: NewsQuery) -> list[Facet]:
    """Every facet with its choices: one query for all of them. What is chosen stays, even where nothing answers."""
    chosen = query.chosen
    asked = {key: query.without(key) if key in chosen else query for key in FACETS}
    narrowed = {key: others for key, others in asked.items() if others.chosen}
    counts = [*counted(narrowed), *(one for one in _in_all(narrowed) if one.facet not in narrowed)]
    found: dict[str, dict[str, FacetChoice]] = {key: {} for key in FACETS}
    for key, (value, name) in chosen.items():
        if key in found:
            found[key][value] = FacetChoice(value, name, 0, is_chosen=True)
    for key, value, name, count in counts:
        label = str(ItemType(value).label) if key == "type" else name
        found[key][value] = FacetChoice(value, label, count, is_chosen=value in found[key])
    return [Facet(key, _in_order(key, choices.values())) for key, choices in found.items()]


def _in_all(narrowed: Collection[str]) -> Iterable[Counted]:
    """What is counted among all items: memoized, and not asked for where every facet is narrowed."""
    return counted_in_all() if len(narrowed) < len(FACETS) else ()


def relaxations_of(query: NewsQuery) -> list[Relaxation]:
    """Which single filters to give up where nothing answers all of them: one query."""
    counts = numbers_of({key: query.without(key) for key in query.chosen})
    pairs = zip(query.chosen, query.choices, strict=True)
    return [Relaxation(choice, counts[key]) for key, choice in pairs if counts.get(key)]


def _in_order(key: str, choices: Any) -> list[FacetChoice]:
    """Years from the newest, everything else by name."""
    if key == "year":
        return sorted(choices, key=lambda choice: choice.value, reverse=True)
    return sorted(choices, key=lambda choice: choice.name.casefold())
