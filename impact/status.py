"""What the evidence on record allows the site to say of a figure.

The status is worked out from the evidence each time and stored nowhere, so nobody can call a figure confirmed
without a study that supports it. Where studies disagree, the least favorable one decides.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from impact.evidence import Evidence


class Relation(models.TextChoices):
    """How a study stands to a figure."""

    SUPPORTS = "supports", "supports the figure"
    DIFFERS = "differs", "reports a different figure"
    CONFLICTS = "conflicts", "conflicts with the figure"
    UNCHECKED = "unchecked", "recorded, not yet checked"


class Status(models.TextChoices):
    """What stands behind a figure."""

    MATCHES = "matches", "matches"
    TO_CHECK = "to check", "to check"
    DIFFERS = "differs", "differs"
    CONFLICTS = "conflicts", "conflicts"
    NOT_RECORDED = "not recorded", "not recorded"
    OVERDUE = "overdue", "check overdue"
    WITHDRAWN = "withdrawn", "withdrawn"


# How bold a figure of each status is set: the weight axis of the numerals' typeface runs from 200 to 900.
WEIGHTS = {
    Status.MATCHES: 700,
    Status.TO_CHECK: 400,
    Status.DIFFERS: 240,
    Status.CONFLICTS: 240,
    Status.NOT_RECORDED: 240,
    Status.OVERDUE: 400,
    Status.WITHDRAWN: 240,
}
# The first relation that any of the evidence has decides.
_STATUS_BY_RELATION = {
    Relation.CONFLICTS: Status.CONFLICTS,
    Relation.DIFFERS: Status.DIFFERS,
    Relation.SUPPORTS: Status.MATCHES,
    Relation.UNCHECKED: Status.TO_CHECK,
}


def effective_relation(item: "Evidence") -> Relation:
    """A study supports a figure only once somebody wrote down what it reports."""
    relation = Relation(item.relation)
    return Relation.UNCHECKED if relation == Relation.SUPPORTS and not item.reported else relation


def status_of(evidence: Sequence["Evidence"]) -> Status:
    """The status that a figure with this evidence has."""
    # A study taken off file confirms nothing, and is not recorded either; what it was against is not forgotten.
    bearing = [item for item in evidence if item.study or item.relation in (Relation.CONFLICTS, Relation.DIFFERS)]
    relations = {effective_relation(item) for item in bearing}
    return next(
        (status for relation, status in _STATUS_BY_RELATION.items() if relation in relations),
        Status.NOT_RECORDED,
    )


def current_status(evidence: Sequence["Evidence"], check_is_overdue: bool, is_withdrawn: bool) -> Status:
    """The status of a figure of which more is known than its evidence.

    An overdue check weakens what was good and hides nothing that is worse.
    """
    if is_withdrawn:
        return Status.WITHDRAWN
    status = status_of(evidence)
    return Status.OVERDUE if check_is_overdue and status in (Status.MATCHES, Status.TO_CHECK) else status


def public_words(evidence: Sequence["Evidence"]) -> str:
    """The status of this evidence in the words that the public reads beside the figure."""
    status = status_of(evidence)
    if status == Status.MATCHES:
        return "Matches its source"
    if status == Status.TO_CHECK:
        return "Source recorded, not yet checked"
    if status == Status.NOT_RECORDED:
        return "Source not yet recorded"
    deciding = next(item for item in evidence if item.relation == status.value)
    what_it_is = deciding.study.described_as if deciding.study else "study"
    reported = deciding.reported
    if status == Status.DIFFERS:
        return f"Differs from the {what_it_is} we found" + (f", which reports {reported}" if reported else "")
    article = with_article(what_it_is)
    return f"Source not confirmed. {article[:1].upper()}{article[1:]} reports {reported or 'otherwise'}"


# Words that are not spoken as their first letter is written, and letters whose name begins with a vowel.
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
