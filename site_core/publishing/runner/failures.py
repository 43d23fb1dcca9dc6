"""What could not be carried out: kept until it succeeds or its schedule is taken back, tried ever more rarely."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from site_core.publishing.eastern import until
from site_core.publishing.events import Change, Event, due_events

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


class FailedEventQuerySet(models.QuerySet["FailedEvent"]):
    """Failures, by their events."""

    def of(self, event: Event) -> Self:
        return self.filter(change=event.change, model_label=event.model_label, object_pk=event.pk)


class FailedEvent(models.Model):
    """An event that failed. It is the same one while change, model and number are the same."""

    change = models.PositiveSmallIntegerField(choices=[(int(change), str(change)) for change in Change])
    model_label = models.CharField(max_length=100)
    object_pk = models.BigIntegerField(help_text="The revision that was to go live, or the object.")
    title = models.TextField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)
    last_tried_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    reason = models.TextField(help_text="What went wrong, as a sentence for an editor.")

    objects = FailedEventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["change", "model_label", "object_pk"], name="one_failure_of_an_event")
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.reason}"

    @property
    def event(self) -> Event:
        return Event(self.due_at, Change(self.change), self.model_label, self.object_pk)

    @property
    def what_was_to_happen(self) -> str:
        """As the end of a sentence: “go live”."""
        return _WORDS[Change(self.change)]

    def rests(self, now: datetime) -> bool:
        """Whether its next try is yet to come. A clock that has been put back makes nobody wait."""
        return self.last_tried_at <= now < self.next_try_at

    def obj(self) -> Any:
        """The object, a page as its own type; None where it is gone."""
        return object_of(self.event)


_WORDS = {Change.GO_LIVE: "go live", Change.EXPIRY: "expire", Change.OVERDUE: "say that its check is overdue"}


def note_failure(event: Event, reason: str, now: datetime) -> FailedEvent:
    """Keep the failure, or count it once more: the wait doubles from one minute up to thirty."""
    with transaction.atomic():
        failed = FailedEvent.objects.select_for_update().of(event).first() or FailedEvent(
            change=event.change, model_label=event.model_label, object_pk=event.pk, attempts=0
        )
        failed.attempts += 1
        failed.title, failed.due_at, failed.reason = title_of(event), event.at, reason
        failed.last_tried_at = now
        failed.next_try_at = now + min(FIRST_WAIT * 2 ** min(failed.attempts - 1, 5), LONGEST_WAIT)
        failed.save()
    return failed


def forget_failure(event: Event) -> None:
    """It has been carried out."""
    FailedEvent.objects.of(event).delete()


def failures_of(due: Collection[Event]) -> dict[Event, FailedEvent]:
    """Those of the due events that failed before.

    A failure whose event is due no longer, because its schedule was taken back or moved, is forgotten.
    """
    failures = {failed.event: failed for failed in FailedEvent.objects.all()}
    for event in failures.keys() - set(due):
        failures.pop(event).delete()
    return failures


def open_failures(now: datetime) -> list[FailedEvent]:
    """The failures whose events are still due, the longest waiting first.

    The runner forgets the others at its next look; nobody is to read of them until then.
    """
    failures = list(FailedEvent.objects.order_by("due_at", "pk"))
    due = set(due_events(now)) if failures else set()
    return [failed for failed in failures if failed.event in due]


def failures_about(obj: Any, now: datetime) -> list[FailedEvent]:
    """Those of one object: its scheduled version, its expiry, its check."""
    scheduled = set(obj.revisions.filter(approved_go_live_at__isnull=False).values_list("pk", flat=True))
    labels = {type(obj)._meta.label, Page._meta.label if isinstance(obj, Page) else ""}
    return [
        failed
        for failed in open_failures(now)
        if (failed.change == Change.GO_LIVE and failed.object_pk in scheduled)
        or (failed.model_label in labels and failed.object_pk == obj.pk)
    ]


def next_try_of(failed: FailedEvent) -> str:
    """“in 12 min”, as the end of a sentence."""
    now = timezone.now()
    return until(failed.next_try_at, now) if failed.rests(now) else "in a time"


def object_of(event: Event) -> Any:
    """What the event is about, a page as its own type; None where it is gone."""
    model: Any = apps.get_model(event.model_label)
    found = model._base_manager.filter(pk=event.pk).first()
    if isinstance(found, Revision):
        return found.content_object
    return found.specific if isinstance(found, Page) else found


def title_of(event: Event) -> str:
    """Its name as the admin shows it; of a go-live that of the version that was to go live."""
    if event.change == Change.GO_LIVE:
        named = Revision.objects.filter(pk=event.pk).values_list("object_str", flat=True).first()
        return named or "Something that has been deleted"
    return str(object_of(event) or "Something that has been deleted")
