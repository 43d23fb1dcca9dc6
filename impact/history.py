"""The public wordings of a stat over time, from the rows of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from impact.evidence import Evidence
from impact.stats import ImpactStat
from impact.studies import Study
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.taxonomy.models import PlaceTerm

_FIELDS = (
    *("value_low", "value_high", "unit", "direction", "outcome", "joining_word", "population", "scope", "program"),
    *("correction", "correction_text", "corrected_on", "compared_on", "next_due", "check_is_overdue"),
)


@dataclass(frozen=True)
class Wording:
    """What the stat stated from a day on."""

    day: date
    figure: str
    spoken_value: str
    sentence: str
    place: str
    status_words: str
    notice: str

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that the wording states, for comparison with another."""
        return (self.figure, self.sentence, self.place, self.status_words, self.notice)


@dataclass(frozen=True)
class History:
    """Every wording that was public, the newest first; neighbors always differ."""

    wordings: tuple[Wording, ...]

    @property
    def latest(self) -> Wording | None:
        """The wording of today, None where nothing is recorded."""
        return self.wordings[0] if self.wordings else None

    @property
    def earlier(self) -> tuple[Wording, ...]:
        return self.wordings[1:]


def history_of(stat: ImpactStat) -> History:
    """The wordings of a stat, in two queries however many there are."""
    rows = Publication.objects.of(stat).filter(is_public=True).order_by("at", "pk")
    public = [(row, row.content) for row in _told(list(rows)) if row.content]
    studies = Study.objects.in_bulk({item["study"] for _, content in public for item in content["evidence"]})
    changes = _changes(_wording(row, content, studies) for row, content in public)
    return History(tuple(reversed(list(changes))))


def _told(rows: list[Publication]) -> list[Publication]:
    """The rows without those that undo took back: an edit of what a stat refers to, right before another one."""
    return [
        row for row, after in zip_longest(rows, rows[1:]) if not (after and row.cause == after.cause == Cause.EDITED)
    ]


def _wording(row: Publication, content: dict[str, Any], studies: dict[int, Study]) -> Wording:
    """The public content of a row, worded by the same rules as today's stat."""
    past = ImpactStat()
    for field in ImpactStat._meta.concrete_fields:
        # A row lacks the fields that were added after it.
        if field.name in _FIELDS and field.name in content:
            setattr(past, field.name, field.to_python(content[field.name]))
    past.evidence.set(
        Evidence(
            study=studies.get(item["study"]),
            relation=item["relation"],
            reports=item["reports"],
            of_outcome=item["of_outcome"],
        )
        for item in content["evidence"]
    )
    return Wording(
        day=timezone.localdate(row.at),
        figure=past.figure,
        spoken_value=past.spoken_value,
        sentence=past.whole_sentence,
        place=row.name_of(PlaceTerm, content["place"]) or "place not recorded",
        status_words=past.status_words,
        notice=past.notice,
    )


def _changes(wordings: Iterable[Wording]) -> Iterable[Wording]:
    """The wordings that differ from the one before."""
    before: Wording | None = None
    for wording in wordings:
        if before is None or wording.words != before.words:
            yield wording
        before = wording
