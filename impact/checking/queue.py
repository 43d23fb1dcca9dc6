"""The queue of stats to check: which are due, overdue, never checked or in conflict, and whose they are."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models

from impact.checking.conflicts import conflicts_of
from impact.stats import ImpactStat

# How long ahead a check is due.
AHEAD = timedelta(days=14)


class Want(models.TextChoices):
    """Why a stat waits for a check, the most urgent first."""

    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due within two weeks"
    CONFLICTING = "conflicting", "Conflicting"
    NEVER = "never", "Never checked"


@dataclass(frozen=True)
class Waiting:
    """A stat in the queue, with every reason for which it is there."""

    stat: ImpactStat
    wants: tuple[Want, ...]
    conflicts: tuple[str, ...] = ()

    @property
    def owner(self) -> AbstractUser | None:
        return self.stat.owner

    @property
    def labels(self) -> str:
        return ", ".join(str(want.label) for want in self.wants)

    @property
    def is_pressing(self) -> bool:
        return Want.OVERDUE in self.wants or Want.CONFLICTING in self.wants


def stats_to_check(today: date) -> list[Waiting]:
    """Every public stat that waits for a check, the most urgent first. Three queries, however many there are."""
    stats = list(ImpactStat.objects.standing().with_evidence().select_related("owner", "checked_by"))
    conflicts = conflicts_of(stats)
    waiting = [
        Waiting(stat, wants, tuple(conflicts.get(stat.pk, ())))
        for stat in stats
        if (wants := _wants_of(stat, stat.pk in conflicts, today))
    ]
    ranks = list(Want)
    return sorted(waiting, key=lambda one: (ranks.index(one.wants[0]), one.stat.next_due or today, one.stat.pk))


def _wants_of(stat: ImpactStat, has_conflicts: bool, today: date) -> tuple[Want, ...]:
    due = stat.next_due
    holds = {
        Want.OVERDUE: due is not None and due <= today,
        Want.DUE: due is not None and today < due <= today + AHEAD,
        Want.CONFLICTING: has_conflicts,
        Want.NEVER: stat.checked_on is None,
    }
    return tuple(want for want, is_so in holds.items() if is_so)
