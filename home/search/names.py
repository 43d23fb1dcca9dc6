"""What has a name: strategies, initiatives, components, places and the other pages, but not single items of news.

Who types the name of one of them, or another name it goes by, wants it and not a text about it. There are few of them,
and their names change seldom, so all are read at once, in one query.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce

from home.search.entries import listed_terms, visible_pages
from home.search.words import beginnings, folded
from news.models import NewsItemPage
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind, Term
from site_core.taxonomy.vocabulary import split_aliases

# Of two that fit as well, the one of the earlier kind comes first. Pages that stand for no term come last.
_ORDER = (Kind.STRATEGY, Kind.INITIATIVE, Kind.COMPONENT, Kind.PLACE, "")


@dataclass(frozen=True)
class Named:
    """A page or a term, by all its names. Slug, region and country are those of a term."""

    content_type: int
    pk: int
    names: tuple[str, ...]
    kind: str
    slug: str
    region: str
    country: str

    @property
    def is_term(self) -> bool:
        """Whether it is found as a term, and not as a page."""
        return bool(self.slug)


@memoized
def everything_named() -> tuple[Named, ...]:
    """All that has a name of its own and can be seen by any visitor: one query, until something changes."""
    columns = ("type", "pk", "name", "short", "others", "kind_of_it", "address", "state", "land")
    nothing = Value("", output_field=CharField())
    pages = (
        visible_pages()
        .exclude(content_type=ContentType.objects.get_for_model(NewsItemPage))
        .annotate(
            type=F("content_type_id"),
            name=F("title"),
            short=Coalesce("strategypage__abbreviation", nothing),
            others=Coalesce("strategypage__term__aliases", nothing, output_field=CharField()),
            kind_of_it=Coalesce("strategypage__term__kind", nothing),
            address=nothing,
            state=nothing,
            land=nothing,
        )
        .order_by()
        .values_list(*columns)
    )
    terms = (
        listed_terms()
        .annotate(
            type=Value(ContentType.objects.get_for_model(Term).pk),
            short=nothing,
            others=Coalesce("aliases", nothing, output_field=CharField()),
            kind_of_it=F("kind"),
            address=F("slug"),
            state=F("region"),
            land=F("country"),
        )
        .order_by()
        .values_list("type", "pk", "name", *columns[3:])
    )
    return tuple(
        Named(type_, pk, tuple(one for one in (name, short, *split_aliases(others)) if one), *rest)
        for type_, pk, name, short, others, *rest in pages.union(terms, all=True)
    )


def best_by_name(words: Iterable[str], objects: Iterable[Named], any_of: bool = False) -> list[Named]:
    """What goes by exactly these words, then what has all of them in one of its names, shorter names first.

    With `any_of`, instead, what goes by some of the words: Lowell for “gang homicide Lowell”.
    """
    typed = folded(" ".join(words))
    if not typed:
        return []
    found = []
    for obj in objects:
        names = [folded(name) for name in obj.names]
        if any_of:
            fits = [f" {name} " in f" {typed} " for name in names]
        else:
            fits = [name == typed or _has_all(name, typed.split()) for name in names]
        if any(fits):
            found.append(((typed not in names, _ORDER.index(obj.kind), len(names[0]), names[0]), obj))
    return [obj for _, obj in sorted(found, key=lambda one: one[0])]


def _has_all(name: str, words: list[str]) -> bool:
    """Whether each word, or a form of it, begins a word of the name."""
    return all(
        any(part.startswith(beginnings(word)) for part in name.split()) or f" {word}" in f" {name}" for word in words
    )


def fitting_name(words: Iterable[str], obj: Named) -> str:
    """The shortest of its names that has the words, so that a suggestion shows what somebody is typing."""
    typed = folded(" ".join(words)).split()
    return min((name for name in obj.names if _has_all(folded(name), typed)), key=len, default=obj.names[0])
