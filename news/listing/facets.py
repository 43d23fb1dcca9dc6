"""The facets of the news list: each further choice with the number of items that it leaves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from news.item_types import ItemType
from news.listing.counts import FACETS, FacetCount, facet_counts, facet_counts_of_all, item_counts
from news.listing.query import Choice, NewsQuery
from site_core.fields.templatetags.counts import counted
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind

SELECTED = mark_safe(" selected")
# The label of each facet, by key of the query string.
LABELS: Mapping[str, str] = {
    **dict(Kind.choices),
    "type": "Type",
    "publisher": "Publisher",
    "year": "Year",
}


@dataclass(frozen=True)
class FacetChoice:
    """One value of a facet, and the number of items with it and with the choices in the other facets."""

    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter of the list. The form hides a facet without choices."""

    key: str
    choices: list[FacetChoice]

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @cached_property
    def options(self) -> SafeString:
        """The choices as HTML. There may be hundreds, for which a template loop is slow."""
        return format_html_join(
            "",
            '<option value="{}"{}>{} ({})</option>',
            (
                (choice.value, SELECTED if choice.is_chosen else "", choice.name, counted(choice.count))
                for choice in self.choices
            ),
        )


@dataclass(frozen=True)
class Relaxation:
    """A chosen filter that excludes every item, and the number of items without it (counted to a limit)."""

    choice: Choice
    count: int


def facets_of(query: NewsQuery) -> list[Facet]:
    """Return every facet with its choices, counted in one query. A chosen value stays, even if nothing matches it."""
    return _counted_facets(query) if query.chosen else _facets_of_all()


@memoized
def _facets_of_all() -> list[Facet]:
    """The facets of the whole list, which each of its pages shows."""
    return _counted_facets(NewsQuery())


def _counted_facets(query: NewsQuery) -> list[Facet]:
    chosen = query.chosen
    others = {key: query.without(key) if key in chosen else query for key in FACETS}
    filtered = {key: other for key, other in others.items() if other.chosen}
    counts = [*facet_counts(filtered), *(each for each in _unfiltered_counts(filtered) if each.facet not in filtered)]
    choices: dict[str, dict[str, FacetChoice]] = {key: {} for key in FACETS}
    for key, (value, name) in chosen.items():
        if key in choices:
            choices[key][value] = FacetChoice(value, name, 0, is_chosen=True)
    for key, value, name, count in counts:
        label = str(ItemType(value).label) if key == "type" else name
        choices[key][value] = FacetChoice(value, label, count, is_chosen=value in choices[key])
    return [Facet(key, _sorted_choices(key, of_facet.values())) for key, of_facet in choices.items()]


def _unfiltered_counts(filtered: Collection[str]) -> Iterable[FacetCount]:
    """Return the memoized counts of all items, or nothing if every facet is filtered."""
    return facet_counts_of_all() if len(filtered) < len(FACETS) else ()


def relaxations_of(query: NewsQuery) -> list[Relaxation]:
    """Return the filters without any one of which there are items. Runs one query."""
    counts = item_counts({key: query.without(key) for key in query.chosen})
    pairs = zip(query.chosen, query.choices, strict=True)
    return [Relaxation(choice, counts[key]) for key, choice in pairs if counts.get(key)]


def _sorted_choices(key: str, choices: Iterable[FacetChoice]) -> list[FacetChoice]:
    """Sort years from the newest, and all other choices by name."""
    if key == "year":
        return sorted(choices, key=lambda choice: choice.value, reverse=True)
    return sorted(choices, key=lambda choice: choice.name.casefold())
