"""What a figure said before: the rows of the ledger, where one says something else than the one before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from impact.evidence import Evidence
from impact.stats import ImpactStat
from impact.studies import Study
from site_core.publishing.ledger.publications import Publication
from site_core.taxonomy.models import PlaceTerm

_FIELDS = (
    *("value_low", "value_high", "unit", "direction", "outcome", "joining_word", "population", "scope", "program"),
    *("correction", "correction_text", "corrected_on", "next_due", "check_is_overdue"),
)


@dataclass(frozen=True)
class Wording:
    """What the figure said from a day on."""

    day: date
    figure: str
    spoken_value: str
    sentence: str
    place: str
    status_words: str
    notice: str

    @property
    def words(self) -> tuple[str, ...]:
        """All that is said."""
        return (self.figure, self.sentence, self.place, self.status_words, self.notice)


@dataclass(frozen=True)
class History:
    """Every wording that was public, the newest first; each says something else than the one before it."""

    wordings: tuple[Wording, ...]

    @property
    def latest(self) -> Wording | None:
        """What the figure says today; None where nothing is recorded."""
        return self.wordings[0] if self.wordings else None

    @property
    def earlier(self) -> tuple[Wording, ...]:
        return self.wordings[1:]


def history_of(stat: ImpactStat) -> History:
    """The wordings of a figure, in two queries however many there were."""
    rows: Any = Publication.objects.of(stat).filter(is_public=True).order_by("at", "pk")
    cited = {item["study"] for row in rows for item in row.content["evidence"]}
    studies = Study.objects.in_bulk(cited)
    changes = _changes(_wording(row, row.content, studies) for row in rows)
    return History(tuple(reversed(list(changes))))


def _wording(row: Publication, content: dict[str, Any], studies: dict[Any, Study]) -> Wording:
    """What was public, put into words by the same rules as today's figure."""
    past: Any = ImpactStat()
    for name in _FIELDS:
        field: Any = ImpactStat._meta.get_field(name)
        setattr(past, name, field.to_python(content[name]))
    past.evidence = [
        Evidence(
            study=studies.get(item["study"]),
            relation=item["relation"],
            reports=item["reports"],
            of_outcome=item["of_outcome"],
        )
        for item in content["evidence"]
    ]
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
    """Those that say something else than what was said before."""
    before: Wording | None = None
    for wording in wordings:
        if before is None or wording.words != before.words:
            yield wording
        before = wording
