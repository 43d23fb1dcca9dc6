"""A search: what was typed, how it was read, and one page of what it found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When, Window
from django.http import Http404, HttpRequest

from home.search.entries import IndexEntry, visible_entries
from home.search.matching import match_for
from home.search.names import Named, best_by_name, everything_named
from home.search.promoted import promoted_results
from home.search.results import Result, Results
from home.search.spelling import spelled
from home.search.words import words_in
from site_core.fields.pagination import MOST_COUNTED, ROWS_ON_A_PAGE, ListPage, first_of, number_in
from site_core.search.backend import typed_text

MOST_NAMED = 20
SHORTEST_TELLING = 4


@dataclass(frozen=True)
class Reading:
    """The words that a list of results was found by. With `any_of`, the results hold some of them."""

    words: tuple[str, ...]
    any_of: bool = False

    def entries(self, objects: Sequence[Named]) -> QuerySet[Any]:
        """What was found, the most fitting first: by name, then by text. Each knows how many there are in all.

        Ranking takes as long as there is to rank: of more than are counted, the newest are ranked.
        """
        match = match_for(self.words, self.any_of)
        newest = visible_entries().filter(match.holding()).order_by("-pk").values("pk")[: MOST_COUNTED + 1]
        by_name = [
            Q(content_type=obj.content_type, object_id=str(obj.pk))
            for obj in best_by_name(self.words, objects, self.any_of)[:MOST_NAMED]
        ]
        wanted = Q(pk__in=newest)
        for obj in by_name:
            wanted |= obj
        position = Case(
            *(When(obj, then=Value(place)) for place, obj in enumerate(by_name)),
            default=Value(len(by_name)),
            output_field=IntegerField(),
        )
        found: QuerySet[Any] = IndexEntry.objects.filter(wanted).annotate(
            position=position, rank=match.rank(), total=Window(Count("pk"))
        )
        return found.order_by("position", "-rank", "-pk")


@dataclass(frozen=True)
class SiteSearch:
    """Some words, and one page of what they find."""

    request: HttpRequest
    # What stands in the box.
    typed: str
    number: int

    @classmethod
    def of(cls, request: HttpRequest) -> "SiteSearch":
        """Read the query string. Raises Http404 for what is not a page number; any words will do."""
        parameters: Mapping[str, Any] = request.GET
        return cls(request, typed_text(parameters.get("q", "")), number_in(parameters.get("page", "")))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words_in(self.typed)

    @cached_property
    def promoted(self) -> list[Result]:
        """What the editors recommend to whoever types exactly this, on the first page of the list."""
        return promoted_results(self.request, self.typed) if self.typed and self.number == 1 else []

    @property
    def results(self) -> ListPage:
        """One page of results. Raises Http404 for a page there is none of."""
        return self._found[1]

    @property
    def reading(self) -> Reading:
        """How the words were read in the end."""
        return self._found[0]

    @property
    def found_as_typed(self) -> bool:
        """Whether all the words were found as they were typed."""
        return bool(self.words) and self.reading == Reading(self.words) and bool(self.results.rows)

    @property
    def did_you_mean(self) -> str:
        """The words that were looked for instead, if they are not those typed."""
        return "" if self.reading.any_of or self.reading.words == self.words else " ".join(self.reading.words)

    @cached_property
    def _found(self) -> tuple[Reading, ListPage]:
        """All the words as typed; where nothing has them, as the site spells them; where nothing has, any of them."""
        tried = Reading(self.words)
        if not self.words:
            return tried, self._page([])
        objects = everything_named()
        entries = self._entries(tried, objects)
        if not entries and (self.number == 1 or not tried.entries(objects).exists()):
            for tried in self._other_readings(objects):
                if entries := self._entries(tried, objects):
                    break
        return tried, self._page(entries, Results(self.request, tried.words, objects))

    def _other_readings(self, objects: Sequence[Named]) -> Iterator[Reading]:
        """What to try where nothing holds all the words."""
        corrected = spelled(self.words, objects)
        if corrected != self.words:
            yield Reading(corrected)
        # Where there are longer words, the shorter ones (“of”, “the”) stand in every text.
        telling = tuple(word for word in corrected if len(word) >= SHORTEST_TELLING) or corrected
        if len(corrected) > 1:
            yield Reading(telling, any_of=True)

    def _entries(self, reading: Reading, objects: Sequence[Named]) -> list[Any]:
        first = first_of(self.number)
        return list(reading.entries(objects)[first : first + ROWS_ON_A_PAGE])

    def _page(self, entries: list[Any], results: Results | None = None) -> ListPage:
        if not entries and self.number > 1:
            raise Http404("There are no such results.")
        total = entries[0].total if entries else 0
        return ListPage(
            self.number,
            results.of(entries) if results else [],
            total if total <= MOST_COUNTED else None,
            has_next=first_of(self.number + 1) < total,
        )
