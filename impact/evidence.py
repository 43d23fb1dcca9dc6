"""What the evidence on record allows the site to say of a figure.

The status is worked out from the evidence each time and stored nowhere, so nobody can call a figure confirmed
without a study that supports it. Where studies disagree, the least favorable one decides.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from impact.sources import Evidence


class Relation(models.TextChoices):
    """How a study stands to a figure."""

    SUPPORTS = "supports", "supports the figure"
    DIFFERS = "differs", "reports a different figure"
    CONFLICTS = "conflicts", "conflicts with the figure"
    UNCHECKED = "unchecked", "recorded, not yet checked"


class Status(models.TextChoices):
    """What a figure's evidence amounts to."""

    MATCHES = "matches", "matches"
    TO_CHECK = "to check", "to check"
    DIFFERS = "differs", "differs"
    CONFLICTS = "conflicts", "conflicts"
    NOT_RECORDED = "not recorded", "not recorded"


# The first relation that any of the evidence has decides.
_STATUS_BY_RELATION = {
    Relation.CONFLICTS: Status.CONFLICTS,
    Relation.DIFFERS: Status.DIFFERS,
    Relation.SUPPORTS: Status.MATCHES,
    Relation.UNCHECKED: Status.TO_CHECK,
}


def status_of(evidence: Sequence["Evidence"]) -> Status:
    """The status that a figure with this evidence has."""
    # A study taken off file confirms nothing, and is not recorded either; what it was against is not forgotten.
    bearing = [item for item in evidence if item.study or item.relation in (Relation.CONFLICTS, Relation.DIFFERS)]
    relations = {item.relation for item in bearing}
    return next(
        (status for relation, status in _STATUS_BY_RELATION.items() if relation in relations),
        Status.NOT_RECORDED,
    )


def public_words(evidence: Sequence["Evidence"]) -> str:
    """The status in the words that the public reads beside the figure."""
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
    article = "An" if what_it_is[:1].lower() in "aeiou" else "A"
    return f"Source not confirmed. {article} {what_it_is} reports {reported or 'otherwise'}"
