"""The proof of a change: the public address was fetched through the running site and held what it should."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from site_core.publishing.ledger.publications import Cause, Publication

# What somebody or the schedule did to be seen at once. The rest of the ledger is only written down.
PROVEN = (
    *(Cause.PUBLISHED, Cause.SCHEDULED, Cause.EXPIRED, Cause.OVERDUE, Cause.UNPUBLISHED),
    *(Cause.UNDONE, Cause.DELETED, Cause.MOVED),
)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Receipts, read as sentences."""

    def to_look_at(self, now: datetime) -> "ReceiptQuerySet":
        """Those that have to be proven now, the longest waiting first."""
        return self.filter(next_look_at__lte=now).order_by("next_look_at", "pk")


class Receipt(models.Model):
    """Whether the public has been seen to see what a row of the ledger says."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="receipt")
    due_at = models.DateTimeField(null=True, help_text="The time it was scheduled for; none if done by hand.")
    seen_at = models.DateTimeField(null=True, help_text="When the public address was first found to be right.")
    tries = models.PositiveIntegerField(default=0)
    first_look_at = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(
        null=True, db_index=True, default=timezone.now, help_text="None once nobody looks any more."
    )
    problem = models.TextField(blank=True, help_text="What was wrong at the last try, as a sentence for an editor.")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """Such as “Due 9:00:00, public 9:00:00.4, seen 9:00:00.9”, or what is wrong."""
        times = {"due": self.due_at, "public": self.publication.at, "seen": self.seen_at}
        said = ", ".join(f"{word} {clock_time(at)}" for word, at in times.items() if at)
        said = said[0].upper() + said[1:]
        if self.problem or self.seen_at:
            return f"{said}. {self.problem}".strip() if self.problem else said
        return f"{said}, {'not looked at yet' if self.next_look_at else 'replaced before it was looked at'}"


def clock_time(at: datetime) -> str:
    """The Eastern time of day, with a tenth of a second where there is one: “9:00:00.4”."""
    local = timezone.localtime(at)
    tenth = local.microsecond // 100_000
    return f"{local.hour % 12 or 12}:{local:%M:%S}" + (f".{tenth}" if tenth else "")


def promise_receipt(row: Publication, due_at: datetime | None, *, has_drafts: bool) -> None:
    """Have it proven that the public sees what a row says, if a person or the schedule brought it about.

    What a command loads, hundreds of objects at once, is not proven.
    """
    asked_for: Any = due_at or row.by
    if has_drafts and asked_for and row.cause in PROVEN:
        Receipt.objects.create(publication=row, due_at=due_at)
