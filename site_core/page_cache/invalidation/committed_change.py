"""CommittedChange: what tells of a change, should the process that made it not live to.

The row is written in the transaction of the change. Whoever commits it moves the generation of its own machine on and
says so in the row; the others read the rows (`site_core.page_cache.invalidation.invalidation_listener`).
"""

import uuid
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class CommittedChange(models.Model):
    """One transaction that changed what visitors can see, on which machine, and since when that machine knows."""

    machine = models.CharField(max_length=32)
    made_at = models.DateTimeField(db_default=Now())
    # Since when that machine knows; None until then. Entered just after the commit, so nearly in the order of commits.
    known_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(known_at=None), name="unknown_changes"),
            models.Index(fields=["known_at"], name="changes_by_datetime"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} on {self.machine}"


@cache
def this_machine() -> str:
    """The name of this machine: made up once and kept beside its generation, which no other machine shares."""
    file = Path(settings.STATE_DIR) / "machine"
    if not file.exists():
        name = uuid.uuid4().hex
        file.parent.mkdir(parents=True, exist_ok=True)
        written = file.with_name(f"machine-{name}")
        written.write_text(name)
        # Of several processes that make one up at this very time, the first has its way, with the whole of it.
        with suppress(FileExistsError):
            file.hardlink_to(written)
        written.unlink()
    return file.read_text()
