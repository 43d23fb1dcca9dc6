"""How each chore went when it was last done."""

from datetime import datetime
from typing import NamedTuple

from django.db import models

from site_core.chores.registry import Chore, chores


class ChoreRun(models.Model):
    """The last run of a chore. Without an end, it is being done or was interrupted."""

    name = models.CharField(max_length=50, unique=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"


class Standing(NamedTuple):
    """A chore and its last run."""

    chore: Chore
    run: ChoreRun | None

    @property
    def next_at(self) -> datetime | None:
        """When it is done next. None is as soon as a publishing process runs."""
        return self.run.began_at + self.chore.every if self.run else None


def standings() -> list[Standing]:
    """One for each chore, in one query."""
    runs = {run.name: run for run in ChoreRun.objects.all()}
    return [Standing(chore, runs.get(chore.name)) for chore in chores()]
