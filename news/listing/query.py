"""The news list: what a visitor asked for, and the items that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import Http404

from news.items import ItemType, NewsItemPage, NewsItemQuerySet
from news.listing.paging import page_of_all
from news.listing.search import holding, lacking, words_in
from news.publishers import Publisher
from site_core.fields.pagination import ListPage, number_in, page_counted_so_far
from site_core.taxonomy.models import FormerSlug, Kind, Term

# What the query string may ask for besides a page, in the order in which it is always written.
KEYS = (*Kind.values, "type", "publisher", "year", "q")


@dataclass(frozen=True)
class NewsQuery:
    """What a visitor asked the list for. Only known values get in: `from_parameters` refuses the rest."""

    terms: tuple[Term, ...] = ()
    item_type: str = ""
    year: int | None = None
    publisher: Publisher | None = None
    words: str = ""
    # Whether the same has another address: that of today's slug, without empty keys. The visitor is then sent on.
    has_moved: bool = field(default=False, compare=False)

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "NewsQuery":
        """Read the query string. Raises Http404 for a term, type, publisher or year there is none of."""
        item_type = parameters.get("type", "")
        if item_type and item_type not in ItemType.values:
            raise Http404("There is no such type of news.")
        query = cls(
            tuple(term_at(kind, parameters[kind]) for kind in Kind.values if parameters.get(kind)),
            item_type,
            year_in(parameters.get("year", "")),
            publisher_at(parameters.get("publisher", "")),
            words_in(parameters.get("q", "")),
        )
        asked = {key: parameters[key] for key in KEYS if key in parameters}
        return replace(query, has_moved=asked != query.parameters)

    @property
    def parameters(self) -> dict[str, str]:
        """The query string that asks for the same, in one fixed order."""
        return {key: value for key, (value, _) in self.chosen.items()}

    @property
    def query_string(self) -> str:
        return urlencode(self.parameters)

    @property
    def names(self) -> list[str]:
        """What was asked for, in words."""
        return [choice.name for choice in self.choices]

    @property
    def chosen(self) -> dict[str, tuple[str, str]]:
        """Each key of the query string that was asked for, with its value and the name of that, in one fixed order."""
        asked: dict[str, tuple[str, str]] = {term.kind: (term.slug, term.name) for term in self.terms}
        if self.item_type:
            asked["type"] = (self.item_type, str(ItemType(self.item_type).label))
        if self.publisher:
            asked["publisher"] = (self.publisher.slug, self.publisher.name)
        if self.year:
            asked["year"] = (str(self.year), str(self.year))
        if self.words:
            asked["q"] = (self.words, f"“{self.words}”")
        return asked

    @property
    def choices(self) -> list["Choice"]:
        """Each object that was asked for, with the query string that asks for all the others."""
        return [Choice(name, self.without(key).query_string) for key, (_, name) in self.chosen.items()]

    def without(self, key: str) -> "NewsQuery":
        """The same, but for one key of the query string."""
        if key in Kind.values:
            return replace(self, terms=tuple(term for term in self.terms if term.kind != key))
        name = {"type": "item_type", "q": "words"}.get(key, key)
        # What a field is by default stands at the class.
        return replace(self, **{name: getattr(NewsQuery, name)})

    def items(self) -> NewsItemQuerySet:
        """Every visible item that answers, newest first."""
        items: NewsItemQuerySet = NewsItemPage.objects.visible()
        for term in self.terms:
            items = items.about(term)
        if self.item_type:
            items = items.filter(item_type=self.item_type)
        if self.publisher:
            items = items.filter(publisher=self.publisher)
        if self.year:
            items = items.filter(first_day__year=self.year)
        if self.words:
            items = holding(items, self.words)
        return items.newest_first().select_related("publisher")

    @property
    def is_words_alone(self) -> bool:
        return self.chosen.keys() == {"q"}

    def left_out(self) -> NewsItemQuerySet:
        """Of a query of words alone: every visible item that does not hold them."""
        items: NewsItemQuerySet = NewsItemPage.objects.visible()
        return lacking(items, self.words)


@dataclass(frozen=True)
class Choice:
    """One object the list is narrowed to, and the query string without it."""

    name: str
    query_string_without: str


def term_at(kind: str, slug: str) -> Term:
    """The term at an address, or the one that had it before. Raises Http404 if there is neither."""
    if not slug_re.fullmatch(slug):
        raise Http404("That is no address of a term.")
    if term := Term.objects.of_kind(kind).filter(slug=slug).first():
        return term
    if former := FormerSlug.objects.filter(kind=kind, slug=slug).select_related("term").first():
        return former.term
    raise Http404(f"There is no {kind} at that address.")


def publisher_at(slug: str) -> Publisher | None:
    """The publisher at an address; None for "". Raises Http404 for an address of nobody."""
    if not slug:
        return None
    if slug_re.fullmatch(slug) and (publisher := Publisher.objects.filter(slug=slug).first()):
        return publisher
    raise Http404("There is no publisher at that address.")


def year_in(text: str) -> int | None:
    """A year of four digits; None for "". Raises Http404 for anything else."""
    if not text:
        return None
    if len(text) == 4 and text.isascii() and text.isdigit() and text >= "1000":
        return int(text)
    raise Http404("That is not a year.")


def page_of(query: NewsQuery, number: str) -> ListPage:
    """One page of the list. Raises Http404 for a page there is none of."""
    place = number_in(number)
    items = query.items().listed()
    return page_counted_so_far(items, place) if query.chosen else page_of_all(items, place)
