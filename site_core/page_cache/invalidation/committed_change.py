"""CommittedChange: the record of a change, in case the process that made it dies before it invalidates the cache.

The row is written in the transaction of the change. After the commit, the writer increments the generation of its own
machine and sets `known_at`. Other machines read the rows (see `invalidation_listener`).
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class CommittedChange(models.Model):
    """A transaction that changed what visitors can see.

    `known_at` is when the machine that made it incremented its generation; None until then. It is set just after the
    commit, so its order is nearly that of the commits. `withdraws`: nothing rendered before it may be served again.
    """

    machine = models.CharField(max_length=32)
    withdraws = models.BooleanField(db_default=False)
    made_at = models.DateTimeField(db_default=Now())
    known_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(known_at=None), name="unknown_changes"),
            models.Index(fields=["known_at"], name="changes_by_datetime"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} on {self.machine}"
