"""The objects that are found by their names: strategies, initiatives, components, places and all pages but news items.

A visitor who types such a name, or another name of the same object, wants this object rather than a text about it.
There are few of them and their names rarely change, so one query reads all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce

from home.search.entries import searchable_terms, visible_pages
from home.search.words import content_words, folded, stems
from news.kept_counts.models import PUBLISHER
from news.kept_counts.reading import visible_counts
from news.models import NewsItemPage, Publisher
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind, Term
from site_core.taxonomy.vocabulary import split_aliases

# The order of equally good matches. Pages without a term come last.
_ORDER = (Kind.STRATEGY, Kind.INITIATIVE, Kind.COMPONENT, Kind.PLACE, "")
# What people leave out of the name of a publisher.
_LEFT_OUT = ("the", "magazine")


@dataclass(frozen=True)
class NamedObject:
    """A page or a term with all its names. Only a term has a slug, a region and a country."""

    content_type: int
    pk: int
    names: tuple[str, ...]
    kind: str
    slug: str
    region: str
    country: str

    @property
    def is_term(self) -> bool:
        """Whether the result is the term, and not a page."""
        return bool(self.slug)


@memoized
def named_objects() -> tuple[NamedObject, ...]:
    """Return every visible object with a name, in one query."""
    columns = ("type", "pk", "name", "short", "others", "kind_of_it", "url_part", "state", "land")
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
            url_part=nothing,
            state=nothing,
            land=nothing,
        )
        .order_by()
        .values_list(*columns)
    )
    terms = (
        searchable_terms()
        .annotate(
            type=Value(ContentType.objects.get_for_model(Term).pk),
            short=nothing,
            others=Coalesce("aliases", nothing, output_field=CharField()),
            kind_of_it=F("kind"),
            url_part=F("slug"),
            state=F("region"),
            land=F("country"),
        )
        .order_by()
        .values_list("type", "pk", "name", *columns[3:])
    )
    return tuple(
        NamedObject(type_, pk, tuple(each for each in (name, short, *split_aliases(others)) if each), *rest)
        for type_, pk, name, short, others, *rest in pages.union(terms, all=True)
    )


@memoized
def named_publishers() -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the pk and the names of each publisher of visible news."""
    counts = visible_counts()
    found = Publisher.objects.order_by("name").values_list("pk", "name", "aliases")
    return tuple(
        (pk, (name, *split_aliases(aliases))) for pk, name, aliases in found if (PUBLISHER, str(pk)) in counts
    )


def publishers_named(words: Iterable[str]) -> list[int]:
    """Return the pks of the publishers with exactly this name. “Police Chief” is that of Police Chief Magazine."""
    typed = _plain_name(" ".join(words))
    return [pk for pk, names in named_publishers() if typed and typed in map(_plain_name, names)]


def _plain_name(name: str) -> str:
    return " ".join(word for word in folded(name).split() if word not in _LEFT_OUT)


def rank_by_name(words: Iterable[str], objects: Iterable[NamedObject], any_of: bool = False) -> list[NamedObject]:
    """Return the objects with exactly this name, then those with all the words in one name, shorter names first.

    Of objects with one name, the oldest comes first.

    With `any_of`, returns the objects whose name is part of the words: Lowell for “gang homicide Lowell”.
    """
    typed = folded(" ".join(words))
    if not typed:
        return []
    ranked = []
    for obj in objects:
        names = [folded(name) for name in obj.names]
        if any_of:
            matches = [f" {name} " in f" {typed} " for name in names]
        else:
            matches = [name == typed or _has_all(name, typed.split()) for name in names]
        if any(matches):
            is_whole = typed in names or typed in (" ".join(content_words(name.split())) for name in names)
            ranked.append(((not is_whole, _ORDER.index(obj.kind), len(names[0]), names[0], obj.pk), obj))
    return [obj for _, obj in sorted(ranked, key=lambda pair: pair[0])]


def _has_all(name: str, words: list[str]) -> bool:
    """Whether each word, or an inflection of it, is the start of a word of the name."""
    return all(
        any(part.startswith(stems(word)) for part in name.split()) or f" {word}" in f" {name}" for word in words
    )


def matching_name(words: Iterable[str], obj: NamedObject) -> str:
    """Return the shortest name of the object that has the words, as a completion of what a visitor types."""
    typed = folded(" ".join(words)).split()
    return min((name for name in obj.names if _has_all(folded(name), typed)), key=len, default=obj.names[0])
