"""What a figure said before: its publications so far, where one changed what is said.

Wagtail's log holds each publication with its revision. A revision that was saved over since is left out, because
what it holds now is not what was public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from wagtail.models import ModelLogEntry

from impact.sources import Evidence
from impact.stats import ImpactStat
from impact.studies import Study
from site_core.models import PlaceTerm

_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
_FIELDS = (
    *("value_low", "value_high", "unit", "direction", "outcome", "joining_word", "population", "scope", "program"),
    *("correction", "correction_text", "corrected_on"),
)


@dataclass(frozen=True)
class Publication:
    """What the figure said from a day on."""

    day: date
    figure: str
    spoken_figure: str
    sentence: str
    place: str
    status_words: str
    notice: str

    @property
    def words(self) -> tuple[str, ...]:
        """Everything but the day."""
        return (self.figure, self.sentence, self.place, self.status_words, self.notice)


@dataclass(frozen=True)
class History:
    """Publications, the newest first; each says something else than the one before."""

    publications: tuple[Publication, ...]

    @property
    def latest(self) -> Publication | None:
        return self.publications[0] if self.publications else None

    @property
    def earlier(self) -> tuple[Publication, ...]:
        return self.publications[1:]


def history_of(stat: ImpactStat) -> History:
    """The publications of a figure, in three queries however many there were."""
    entries = (
        ModelLogEntry.objects.for_instance(stat)
        .filter(action__in=_PUBLISHED, revision__created_at__lte=F("timestamp"))
        .select_related("revision")
        .order_by("timestamp", "pk")
    )
    logged = [(timezone.localdate(entry.timestamp), entry.revision.content) for entry in entries]
    contents = [content for _, content in logged]
    studies = Study.objects.in_bulk({item["study"] for content in contents for item in content.get("evidence", [])})
    places = PlaceTerm.objects.in_bulk({content.get("place") for content in contents})
    publications = [_publication(day, content, studies, places) for day, content in logged]
    return History(tuple(reversed(list(_changes(publications)))))


def _publication(day: date, content: dict[str, Any], studies: dict[Any, Any], places: dict[Any, Any]) -> Publication:
    """What a revision's content said, put into words by the same rules as today's figure."""
    past: Any = ImpactStat()
    for name in _FIELDS:
        if name in content:
            field: Any = ImpactStat._meta.get_field(name)
            setattr(past, name, field.to_python(content[name]))
    past.evidence = [
        Evidence(
            study=studies.get(item["study"]),
            relation=item["relation"],
            reports=item["reports"],
            of_outcome=item["of_outcome"],
        )
        for item in content.get("evidence", [])
    ]
    return Publication(
        day=day,
        figure=past.figure,
        spoken_figure=past.spoken_figure,
        sentence=past.whole_sentence,
        place=str(places.get(content.get("place"), "place not recorded")),
        status_words=past.status_words,
        notice=past.notice,
    )


def _changes(publications: Iterable[Publication]) -> Iterable[Publication]:
    """Those that say something else than the one before."""
    said: tuple[str, ...] | None = None
    for publication in publications:
        if publication.words != said:
            yield publication
        said = publication.words
