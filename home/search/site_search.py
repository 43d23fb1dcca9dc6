"""SiteSearch: the words of a search, how they were read, and one page of results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from wagtail.search.models import IndexEntry

from home.search.entries import visible_entries
from home.search.matching import match_for
from home.search.names import NamedObject, named_objects, publishers_named, rank_by_name
from home.search.promoted import promoted_results
from home.search.results import Result, Results
from home.search.spelling import corrected_words, offered_words
from home.search.words import content_words, split_words
from news.models import NewsItemPage
from site_core.fields.pagination import MOST_COUNTED, ROWS_ON_A_PAGE, ListPage, first_of, number_in
from site_core.search.queries import typed_text

MAX_NAMED = 20
# If some of the words are enough, shorter ones (“new”) are in too many texts.
MIN_DISTINCTIVE = 4


@dataclass(frozen=True)
class Reading:
    """The words as typed or corrected. The results hold all that carry meaning or, with `any_of`, some of these."""

    words: tuple[str, ...]
    any_of: bool = False

    @property
    def sought(self) -> tuple[str, ...]:
        """The words that are searched for and marked in the results."""
        words = content_words(self.words)
        if not self.any_of:
            return words
        return tuple(word for word in words if len(word) >= MIN_DISTINCTIVE) or words

    def entries(self, objects: Sequence[NamedObject]) -> QuerySet[IndexEntry]:
        """Return the matching entries: by name, then news of a publisher of that name, then by rank.

        Each has the `total` number of matches. Ranking takes time for each match. Of more matches than the site
        counts, only the newest are ranked.
        """
        match = match_for(self.sought, self.any_of)
        newest = visible_entries().filter(match.condition()).order_by("-pk").values("pk")[: MOST_COUNTED + 1]
        by_name = [
            Q(content_type=obj.content_type, object_id=str(obj.pk))
            for obj in rank_by_name(content_words(self.words), objects, self.any_of)[:MAX_NAMED]
        ]
        wanted = Q(pk__in=newest)
        for is_named in by_name:
            wanted |= is_named
        first = [*by_name, *_news_of_publishers(publishers_named(content_words(self.words)))]
        position = Case(
            *(When(is_first, then=Value(index)) for index, is_first in enumerate(first)),
            default=Value(len(first)),
            output_field=IntegerField(),
        )
        entries: QuerySet[IndexEntry] = IndexEntry.objects.filter(wanted).annotate(
            position=position, rank=match.rank(), total=Window(Count("pk"))
        )
        return entries.order_by("position", "-rank", "-pk")


def _news_of_publishers(pks: Sequence[int]) -> list[Q]:
    """Return the condition that an entry is news of these publishers, if there are any."""
    if not pks:
        return []
    # The search index stores pks as text.
    items = NewsItemPage.objects.filter(publisher_id__in=pks).values_list(Cast("page_ptr", CharField(max_length=50)))
    return [Q(content_type=ContentType.objects.get_for_model(NewsItemPage), object_id__in=items)]


@dataclass(frozen=True)
class SiteSearch:
    """A search for what a visitor typed, and one page of its results."""

    request: HttpRequest
    typed: str
    number: int

    @classmethod
    def of(cls, request: HttpRequest) -> "SiteSearch":
        """Read the query string, which may hold any words. Raises Http404 for an invalid page number."""
        return cls(request, typed_text(request.GET.get("q", "")), number_in(request.GET.get("page", "")))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return split_words(self.typed)

    @cached_property
    def promoted(self) -> list[Result]:
        """The promoted results, on page 1 only."""
        return promoted_results(self.request, self.typed) if self.typed and self.number == 1 else []

    @property
    def results(self) -> ListPage:
        """One page of results. Raises Http404 for a page that does not exist."""
        return self._found[1]

    @property
    def reading(self) -> Reading:
        """The words that the results hold."""
        return self._found[0]

    @property
    def found_as_typed(self) -> bool:
        """Whether there are results that hold all the words as typed."""
        return bool(self.words) and self.reading == Reading(self.words) and bool(self.results.rows)

    @property
    def is_corrected(self) -> bool:
        """Whether nothing holds the words as typed, and the results hold all the corrected words."""
        return not self.reading.any_of and self.reading.words != self.words

    @cached_property
    def did_you_mean(self) -> str:
        """The corrected words, with which the results were found or which are offered. "" if there are none."""
        words = offered_words(self.words, named_objects()) if self.found_as_typed else self.reading.words
        return "" if words == self.words else " ".join(words)

    @cached_property
    def _found(self) -> tuple[Reading, ListPage]:
        """Search for all the words as typed, then for the corrected words, then for any of the words."""
        reading = Reading(self.words)
        if not self.words:
            return reading, self._page([])
        objects = named_objects()
        entries = self._entries(reading, objects)
        if not entries and (self.number == 1 or not reading.entries(objects).exists()):
            for reading in self._other_readings(objects):
                if entries := self._entries(reading, objects):
                    break
        return reading, self._page(entries, Results(self.request, reading.sought, objects))

    def _other_readings(self, objects: Sequence[NamedObject]) -> Iterator[Reading]:
        """Yield what to search for if nothing holds all the words."""
        corrected = corrected_words(self.words, objects)
        if corrected != self.words:
            yield Reading(corrected)
        if len(content_words(corrected)) > 1:
            yield Reading(corrected, any_of=True)

    def _entries(self, reading: Reading, objects: Sequence[NamedObject]) -> list[IndexEntry]:
        first = first_of(self.number)
        return list(reading.entries(objects)[first : first + ROWS_ON_A_PAGE])

    def _page(self, entries: list[IndexEntry], results: Results | None = None) -> ListPage:
        if not entries and self.number > 1:
            raise Http404("There is no such page of results.")
        total = entries[0].total if entries else 0
        return ListPage(
            self.number,
            results.of(entries) if results else [],
            total if total <= MOST_COUNTED else None,
            has_next=first_of(self.number + 1) < total,
        )
