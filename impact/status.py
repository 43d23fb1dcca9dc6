"""The status of a stat: what the evidence on record allows the site to claim.

The status is derived from the evidence each time and stored nowhere, so no stat can pass as confirmed without a study
that supports it. Where studies disagree, the least favorable one decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst


class Relation(models.TextChoices):
    """How a study relates to a stat."""

    SUPPORTS = "supports", "supports the figure"
    DIFFERS = "differs", "reports a different figure"
    CONFLICTS = "conflicts", "conflicts with the figure"
    UNCHECKED = "unchecked", "recorded, not yet checked"


class Status(models.TextChoices):
    """How well a stat is supported."""

    MATCHES = "matches", "matches"
    TO_CHECK = "to check", "to check"
    DIFFERS = "differs", "differs"
    CONFLICTS = "conflicts", "conflicts"
    NOT_RECORDED = "not recorded", "not recorded"
    OVERDUE = "overdue", "check overdue"
    WITHDRAWN = "withdrawn", "withdrawn"


@dataclass(frozen=True)
class StatusLabel:
    """How a status looks and reads beside a stat.

    `weight` is the font weight of the numeral; the axis of its typeface runs from 200 to 900. `wording` is the public
    text, with braces around what a particular stat fills in. `meaning` explains it in the evidence labels block.
    """

    status: Status
    weight: int
    css_class: str
    wording: str
    meaning: str

    @property
    def words(self) -> str:
        """The wording with the parts that differ from stat to stat in general terms."""
        return self.wording.format(
            study="study",
            a_study="A study",
            which_reports=", which reports (its figure)",
            reported="(its figure)",
            since=" since (month year)",
            compared=", compared (day)",
        )


STATUS_LABELS = {
    label.status: label
    for label in (
        StatusLabel(
            Status.MATCHES,
            700,
            "status-matches",
            "Same as the published {study}{compared}",
            "A study on record reports this figure. The label gives the date the two were compared.",
        ),
        StatusLabel(
            Status.TO_CHECK,
            400,
            "status-to-check",
            "Source recorded, not yet checked",
            "A study is on record for the figure. No one has recorded whether the two agree.",
        ),
        StatusLabel(
            Status.OVERDUE,
            400,
            "status-overdue",
            "Check overdue{since}",
            "A new check was due then and has not been entered.",
        ),
        StatusLabel(
            Status.DIFFERS,
            240,
            "status-differs",
            "Differs from the {study} we found{which_reports}",
            "A study we found reports a different figure. What it reports is shown beside ours.",
        ),
        StatusLabel(
            Status.CONFLICTS,
            240,
            "status-conflicts",
            "Source not confirmed. {a_study} reports {reported}",
            "A study conflicts with the figure. What it reports is shown beside ours.",
        ),
        StatusLabel(
            Status.NOT_RECORDED,
            240,
            "status-not-recorded",
            "Source not yet recorded",
            "No study is on record for the figure.",
        ),
        StatusLabel(
            Status.WITHDRAWN,
            240,
            "status-withdrawn",
            "Withdrawn",
            "",
        ),
    )
}
# The labels that the evidence labels block explains. A withdrawal is no statement about evidence.
LABELS = tuple(label for label in STATUS_LABELS.values() if label.meaning)

# The first relation that any of the evidence has decides.
_STATUS_BY_RELATION = {
    Relation.CONFLICTS: Status.CONFLICTS,
    Relation.DIFFERS: Status.DIFFERS,
    Relation.SUPPORTS: Status.MATCHES,
    Relation.UNCHECKED: Status.TO_CHECK,
}


class DescribedStudy(Protocol):
    """A study, as far as the status needs it."""

    @property
    def described_as(self) -> str: ...


class EvidenceItem(Protocol):
    """What one study reports of a stat, as far as the status needs it."""

    @property
    def relation(self) -> str: ...

    @property
    def study(self) -> DescribedStudy | None: ...

    @property
    def reported(self) -> str: ...


def effective_relation(item: EvidenceItem) -> Relation:
    """The recorded relation, but “unchecked” for a supporting study until somebody enters what it reports."""
    relation = Relation(item.relation)
    return Relation.UNCHECKED if relation == Relation.SUPPORTS and not item.reported else relation


def status_of(evidence: Sequence[EvidenceItem]) -> Status:
    """The status that follows from the evidence alone."""
    # A study deleted from the record supports nothing and is not recorded either, but its objection still counts.
    bearing = [item for item in evidence if item.study or item.relation in (Relation.CONFLICTS, Relation.DIFFERS)]
    relations = {effective_relation(item) for item in bearing}
    return next(
        (status for relation, status in _STATUS_BY_RELATION.items() if relation in relations),
        Status.NOT_RECORDED,
    )


def current_status(evidence: Sequence[EvidenceItem], check_is_overdue: bool, is_withdrawn: bool) -> Status:
    """The status that follows from the evidence, an overdue check and a withdrawal.

    An overdue check weakens a good status and never hides a worse one.
    """
    if is_withdrawn:
        return Status.WITHDRAWN
    status = status_of(evidence)
    return Status.OVERDUE if check_is_overdue and status in (Status.MATCHES, Status.TO_CHECK) else status


def public_words(
    status: Status, evidence: Sequence[EvidenceItem], due: date | None = None, compared: date | None = None
) -> str:
    """The status as the public reads it.

    `due` is the day on which the next check was or is due, `compared` the day of the comparison with the studies.
    """
    deciding = next((item for item in evidence if _STATUS_BY_RELATION[effective_relation(item)] == status), None)
    study = deciding.study.described_as if deciding and deciding.study else "study"
    reported = deciding.reported if deciding else ""
    return STATUS_LABELS[status].wording.format(
        study=study,
        a_study=capfirst(with_article(study)),
        which_reports=f", which reports {reported}" if reported else "",
        reported=reported or "otherwise",
        since=f" since {date_format(due, 'F Y')}" if due else "",
        compared=f", compared {date_format(compared, 'N j, Y')}" if compared else "",
    )


# Words whose first letter is a vowel that sounds like a consonant, the reverse, and letters named with a vowel.
_SPOKEN_WITH_CONSONANT = re.compile(r"(u\.|univers|unit\b|united|union|unique|unif|us[aeu]|util|eu|one|once)", re.I)
_SPOKEN_WITH_VOWEL = re.compile(r"[aeiou]|hour|honest|honor|heir", re.I)
_SPELLED_WITH_VOWEL = re.compile(r"[AEFHILMNORSX][A-Z]+\b")


def with_article(words: str) -> str:
    """“a study”, “an assessment”, “a university report”, “an hourly count”, “an NIJ report”."""
    if re.match(r"[A-Z]{2,}\b", words):
        vowel = _SPELLED_WITH_VOWEL.match(words)
    else:
        vowel = None if _SPOKEN_WITH_CONSONANT.match(words) else _SPOKEN_WITH_VOWEL.match(words)
    return f"{'an' if vowel else 'a'} {words}"
