"""The receipt of a change: the public page was fetched through the running site and had the right content."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from site_core.publishing.ledger.publications import Cause, Publication

# Changes that a user or the schedule made for the public to see at once. The other causes get no receipt.
VERIFIED = (
    *(Cause.PUBLISHED, Cause.SCHEDULED, Cause.EXPIRED, Cause.OVERDUE, Cause.UNPUBLISHED),
    *(Cause.UNDONE, Cause.DELETED, Cause.MOVED),
)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Receipts."""

    def to_look_at(self, now: datetime) -> Self:
        """The receipts that are due for verification, the longest waiting first."""
        return self.filter(next_look_at__lte=now).order_by("next_look_at", "pk")


class Receipt(models.Model):
    """Whether the public was found to see what a row of the ledger records."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="receipt")
    due_at = models.DateTimeField(null=True, help_text="When the change was scheduled for; null if made manually.")
    seen_at = models.DateTimeField(null=True, help_text="When the public page was first found to be right.")
    tries = models.PositiveIntegerField(default=0)
    first_look_at = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(
        null=True, db_index=True, default=timezone.now, help_text="Null once verification has ended."
    )
    problem = models.TextField(blank=True, help_text="What was wrong at the last try, as a sentence for an editor.")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Such as “Due 9:00:00, public 9:00:00.4, confirmed on the public site 9:00:00.9”, or what is wrong."""
        times = {"due": self.due_at, "public": self.publication.at, "confirmed on the public site": self.seen_at}
        sentence = ", ".join(f"{word} {clock_time(at)}" for word, at in times.items() if at)
        sentence = sentence[0].upper() + sentence[1:]
        if self.problem:
            return f"{sentence}. {self.problem}"
        if self.seen_at:
            return sentence
        return f"{sentence}, {'not checked yet' if self.next_look_at else 'replaced before it was checked'}"


def clock_time(at: datetime) -> str:
    """The Eastern time of day, with tenths of a second if there are any: “9:00:00.4”."""
    local = timezone.localtime(at)
    tenth = local.microsecond // 100_000
    return f"{local.hour % 12 or 12}:{local:%M:%S}" + (f".{tenth}" if tenth else "")


def promise_receipt(row: Publication, due_at: datetime | None, *, has_drafts: bool) -> None:
    """Create the receipt of a row, if a user or the schedule made the change.

    What a command loads, hundreds of objects at once, gets none.
    """
    if has_drafts and (due_at or row.by) and row.cause in VERIFIED:
        Receipt.objects.create(publication=row, due_at=due_at)
