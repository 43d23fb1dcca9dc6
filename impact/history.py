"""What a figure said before: its publications so far, where one changed what is said.

Wagtail's log holds each publication with its revision. A revision that was saved over since is not kept, because
what it holds now is not what was public. The log holds no overdue check either: that follows from the day it was due.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.models import ModelLogEntry

from impact.sources import Evidence
from impact.stats import ImpactStat
from impact.studies import Study
from site_core.models import PlaceTerm

_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
_FIELDS = (
    *("value_low", "value_high", "unit", "direction", "outcome", "joining_word", "population", "scope", "program"),
    *("correction", "correction_text", "corrected_on", "next_due"),
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
    # The day on which it began to say that its check is overdue, unless it was published anew by then.
    overdue_from: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """All that is said."""
        return (self.figure, self.sentence, self.place, self.status_words, self.notice)


@dataclass(frozen=True)
class History:
    """The kept publications, the newest first; each says something else than what was said before it."""

    publications: tuple[Publication, ...]
    # Whether the newest says what the figure says today, and nothing unknown came after it.
    reaches_today: bool = True

    @property
    def latest(self) -> Publication | None:
        """Since when the figure says what it says today; None where that is not recorded."""
        return self.publications[0] if self.publications and self.reaches_today else None

    @property
    def earlier(self) -> tuple[Publication, ...]:
        return self.publications[1:] if self.reaches_today else self.publications


def history_of(stat: ImpactStat) -> History:
    """The publications of a figure, in three queries however many there were."""
    entries = (
        ModelLogEntry.objects.for_instance(stat)
        .filter(action__in=_PUBLISHED)
        .select_related("revision")
        .order_by("timestamp", "pk")
    )
    logged = [(timezone.localdate(entry.timestamp), _kept_content(entry)) for entry in entries]
    contents = [content for _, content in logged if content]
    studies = Study.objects.in_bulk({item["study"] for content in contents for item in content.get("evidence", [])})
    places = PlaceTerm.objects.in_bulk({content.get("place") for content in contents})
    said = [_publication(day, content, studies, places) if content else None for day, content in logged]
    changes = list(_changes(publication for publication in said if publication))
    return History(tuple(reversed(changes)), bool(changes) and _reaches_today(said, changes[-1], stat))


def _kept_content(entry: Any) -> dict[str, Any] | None:
    """What was published, as far as it is kept."""
    if entry.revision is None or entry.revision.created_at > entry.timestamp:
        return None
    content: dict[str, Any] = entry.revision.content
    return content


def _reaches_today(said: list[Publication | None], last_change: Publication, stat: ImpactStat) -> bool:
    """Whether the figure has said the same since the last change that is kept."""
    since = said[said.index(last_change) :]
    return None not in since and last_change.words == _said(last_change.day, stat, stat.place).words


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
    past.settle_check(today=day)
    publication = _said(day, past, places.get(content.get("place")))
    past.settle_check(today=past.next_due or day)
    became_overdue = past.status_words != publication.status_words
    return replace(publication, overdue_from=past.next_due if became_overdue else None)


def _said(day: date, stat: ImpactStat, place: PlaceTerm | None) -> Publication:
    """What the figure says, as it stands."""
    return Publication(
        day=day,
        figure=stat.figure,
        spoken_figure=stat.spoken_figure,
        sentence=stat.whole_sentence,
        place=str(place or "place not recorded"),
        status_words=stat.status_words,
        notice=stat.notice,
    )


def _changes(publications: Iterable[Publication]) -> Iterable[Publication]:
    """Those that say something else than what was said before."""
    before: Publication | None = None
    for publication in publications:
        became_overdue = before and before.overdue_from and before.overdue_from <= publication.day
        if before is None or publication.words != before.words or became_overdue:
            yield publication
        before = publication
