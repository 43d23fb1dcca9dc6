"""The news list: what a visitor asked for, and the items that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.core.validators import slug_re
from django.http import Http404

from news.items import ItemType, NewsItemPage, NewsItemQuerySet
from site_core.models import FormerSlug, Term
from site_core.taxonomy.models import Kind

ITEMS_ON_A_PAGE = 20


@dataclass(frozen=True)
class NewsQuery:
    """What a visitor asked the list for. Only known values get in: `from_parameters` refuses the rest."""

    terms: tuple[Term, ...] = ()
    item_type: str = ""
    year: int | None = None
    # Whether an address was asked for that a term had before: the visitor is then sent on.
    has_moved: bool = field(default=False, compare=False)

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "NewsQuery":
        """Read the query string. Raises Http404 for a term, type or year there is none of."""
        asked = {kind: parameters[kind] for kind in Kind.values if parameters.get(kind)}
        terms = tuple(term_at(kind, slug) for kind, slug in asked.items())
        item_type = parameters.get("type", "")
        if item_type and item_type not in ItemType.values:
            raise Http404("There is no such type of news.")
        has_moved = any(term.slug != slug for term, slug in zip(terms, asked.values(), strict=True))
        return cls(terms, item_type, year_in(parameters.get("year", "")), has_moved)

    @property
    def parameters(self) -> dict[str, str]:
        """The query string that asks for the same, in one fixed order."""
        chosen = {term.kind: term.slug for term in self.terms}
        return (
            chosen
            | ({"type": self.item_type} if self.item_type else {})
            | ({"year": str(self.year)} if self.year else {})
        )

    @property
    def query_string(self) -> str:
        return urlencode(self.parameters)

    @property
    def names(self) -> list[str]:
        """What was asked for, in words."""
        return [choice.name for choice in self.choices]

    @property
    def choices(self) -> list["Choice"]:
        """Each thing that was asked for, with the query string that asks for all the others."""
        names = {term.kind: term.name for term in self.terms}
        if self.item_type:
            names["type"] = str(ItemType(self.item_type).label)
        if self.year:
            names["year"] = str(self.year)
        parameters = self.parameters
        return [
            Choice(name, urlencode({key: value for key, value in parameters.items() if key != chosen}))
            for chosen, name in names.items()
        ]

    def items(self) -> NewsItemQuerySet:
        """Every visible item that answers, newest first."""
        items: NewsItemQuerySet = NewsItemPage.objects.visible()
        for term in self.terms:
            items = items.about(term)
        if self.item_type:
            items = items.filter(item_type=self.item_type)
        if self.year:
            items = items.filter(first_day__year=self.year)
        return items.newest_first().select_related("publisher")


@dataclass(frozen=True)
class Choice:
    """One thing the list is narrowed to, and the query string without it."""

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


def year_in(text: str) -> int | None:
    """A year of four digits; None for "". Raises Http404 for anything else."""
    if not text:
        return None
    if len(text) == 4 and text.isascii() and text.isdigit() and text >= "1000":
        return int(text)
    raise Http404("That is not a year.")


def page_of(query: NewsQuery, number: str) -> Any:
    """One page of the list, its rows in `rows`. Raises Http404 for a page there is none of."""
    paginator = Paginator(query.items(), ITEMS_ON_A_PAGE)
    if number and not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Http404("That is not a page number.")
    try:
        return paginator.page(number or 1)
    except InvalidPage:
        raise Http404("The list has no such page.") from None
