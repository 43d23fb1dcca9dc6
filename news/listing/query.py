"""NewsQuery: the filters of the news list, as the query string gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import Http404

from news.item_types import ItemType
from news.items import NewsItemPage, NewsItemQuerySet
from news.kept_counts.models import PUBLISHER, TYPE, YEAR
from news.kept_counts.periods import months, months_with
from news.kept_counts.reading import KeptChoice
from news.listing.paging import page_of
from news.listing.search import matching, normalized_words, not_matching
from news.publishers import Publisher
from site_core.fields.pagination import MOST_COUNTED, ListPage, number_in, page_counted_so_far
from site_core.taxonomy.models import FormerSlug, Kind, Term

# The keys of the query string besides `page`, in their canonical order.
KEYS = (*Kind.values, "type", "publisher", "year", "q")


@dataclass(frozen=True)
class NewsQuery:
    """The filters of the news list. `from_parameters` lets only known values in."""

    terms: tuple[Term, ...] = ()
    item_type: str = ""
    year: int | None = None
    publisher: Publisher | None = None
    words: str = ""
    # Whether the canonical query string differs, by a current slug or without empty keys, so that the view redirects.
    has_moved: bool = field(default=False, compare=False)

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str]) -> "NewsQuery":
        """Read the query string. Raises Http404 for an unknown term, type, publisher or year."""
        item_type = parameters.get("type", "")
        if item_type and item_type not in ItemType.values:
            raise Http404("There is no such type of news.")
        query = cls(
            tuple(get_term(kind, parameters[kind]) for kind in Kind.values if parameters.get(kind)),
            item_type,
            parse_year(parameters.get("year", "")),
            get_publisher(parameters.get("publisher", "")),
            normalized_words(parameters.get("q", "")),
        )
        given = {key: parameters[key] for key in KEYS if key in parameters}
        return replace(query, has_moved=given != query.parameters)

    @property
    def parameters(self) -> dict[str, str]:
        """The canonical query string, as a dict."""
        return {key: value for key, (value, _) in self.chosen.items()}

    @property
    def query_string(self) -> str:
        return urlencode(self.parameters)

    @property
    def names(self) -> list[str]:
        """The names of the chosen filters."""
        return [choice.name for choice in self.choices]

    @property
    def chosen(self) -> dict[str, tuple[str, str]]:
        """The value and the name of each chosen filter by its key, in canonical order."""
        chosen: dict[str, tuple[str, str]] = {term.kind: (term.slug, term.name) for term in self.terms}
        if self.item_type:
            chosen["type"] = (self.item_type, str(ItemType(self.item_type).label))
        if self.publisher:
            chosen["publisher"] = (self.publisher.slug, self.publisher.name)
        if self.year:
            chosen["year"] = (str(self.year), str(self.year))
        if self.words:
            chosen["q"] = (self.words, f"“{self.words}”")
        return chosen

    @property
    def choices(self) -> list["Choice"]:
        """Each chosen filter, with the query string of all the others."""
        return [Choice(name, self.without(key).query_string) for key, (_, name) in self.chosen.items()]

    def without(self, key: str) -> "NewsQuery":
        """Return the query without the filter of a key."""
        if key in Kind.values:
            return replace(self, terms=tuple(term for term in self.terms if term.kind != key))
        name = {"type": "item_type", "q": "words"}.get(key, key)
        # The class attribute is the default of the field.
        return replace(self, **{name: getattr(NewsQuery, name)})

    def items(self) -> NewsItemQuerySet:
        """Return the visible items that match, newest first."""
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
            items = matching(items, self.words)
        return items.newest_first().select_related("publisher")

    @property
    def only_choice(self) -> KeptChoice | None:
        """The single chosen filter as the kept counts have it. None without one, with several, and with words."""
        chosen = [(str(term.kind), str(term.pk)) for term in self.terms]
        given = {
            TYPE: self.item_type,
            PUBLISHER: self.publisher and str(self.publisher.pk),
            YEAR: str(self.year or ""),
        }
        chosen += [(facet, value) for facet, value in given.items() if value]
        return chosen[0] if len(chosen) == 1 and not self.words else None

    @property
    def has_only_words(self) -> bool:
        return self.chosen.keys() == {"q"}

    def items_without_words(self) -> NewsItemQuerySet:
        """Return the visible items that do not hold the words. Looks at no other filter."""
        items: NewsItemQuerySet = NewsItemPage.objects.visible()
        return not_matching(items, self.words)


@dataclass(frozen=True)
class Choice:
    """One chosen filter, and the query string without it."""

    name: str
    query_string_without: str


def get_term(kind: str, slug: str) -> Term:
    """Return the term with this slug, or with this former slug. Raises Http404 if there is neither."""
    if not slug_re.fullmatch(slug):
        raise Http404("That is not a slug.")
    if term := Term.objects.of_kind(kind).filter(slug=slug).first():
        return term
    if former := FormerSlug.objects.filter(kind=kind, slug=slug).select_related("term").first():
        return former.term
    raise Http404(f"There is no {kind} with that slug.")


def get_publisher(slug: str) -> Publisher | None:
    """Return the publisher with this slug, or None for "". Raises Http404 if there is none."""
    if not slug:
        return None
    if slug_re.fullmatch(slug) and (publisher := Publisher.objects.filter(slug=slug).first()):
        return publisher
    raise Http404("There is no publisher with that slug.")


def parse_year(text: str) -> int | None:
    """Parse a year of four digits, or "" as None. Raises Http404 for anything else."""
    if not text:
        return None
    if len(text) == 4 and text.isascii() and text.isdigit() and text >= "1000":
        return int(text)
    raise Http404("That is not a year.")


def list_page(query: NewsQuery, number: str) -> ListPage:
    """Return one page of the list. Raises Http404 for a page that does not exist."""
    page = number_in(number)
    items = query.items().listed()
    if not query.chosen:
        return page_of(items, page, months())
    choice = query.only_choice
    if choice is None:
        return page_counted_so_far(items, page)
    listing = page_of(items, page, months_with(choice))
    return replace(listing, total=listing.total if (listing.total or 0) <= MOST_COUNTED else None)
