"""Failed events. Each is stored until it succeeds or is unscheduled, and is retried with growing waits."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.eastern import until
from site_core.publishing.events import Change, Event, due_events
from site_core.publishing.publishable import scheduled_revisions
from site_core.publishing.types import Draftable

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


class FailedEventQuerySet(models.QuerySet["FailedEvent"]):
    """Finds the failure of an event."""

    def of(self, event: Event) -> Self:
        return self.filter(change=event.change, model_label=event.model_label, object_pk=event.pk)


class FailedEvent(models.Model):
    """An event that failed, identified by its change, model and pk."""

    change = models.PositiveSmallIntegerField(choices=[(int(change), str(change)) for change in Change])
    model_label = models.CharField(max_length=100)
    object_pk = models.BigIntegerField(help_text="The pk of the revision that was to go live, or of the object.")
    title = models.TextField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)
    last_tried_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    reason = models.TextField(help_text="The reason, as a sentence for an editor.")

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
        """Whether the next try is in the future. A clock that was set back does not prolong the wait."""
        return self.last_tried_at <= now < self.next_try_at

    @property
    def next_try(self) -> str:
        """“in 12 min”, as the end of a sentence."""
        now = timezone.now()
        return until(self.next_try_at, now) if self.rests(now) else "in a moment"

    def obj(self) -> DraftStateMixin | None:
        """The object, a page as its own type. None if it is deleted."""
        return object_of(self.event)


_WORDS = {Change.GO_LIVE: "go live", Change.EXPIRY: "expire", Change.OVERDUE: "say that its check is overdue"}


def note_failure(event: Event, reason: str, now: datetime) -> FailedEvent:
    """Store the failure, or count another attempt. The wait doubles from one minute up to thirty."""
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


def delete_failure(event: Event) -> None:
    FailedEvent.objects.of(event).delete()


def failures_of(due: Collection[Event]) -> dict[Event, FailedEvent]:
    """The failures of the due events. Deletes those of events that were moved or unscheduled."""
    failures = {failed.event: failed for failed in FailedEvent.objects.all()}
    for event in failures.keys() - set(due):
        failures.pop(event).delete()
    return failures


def open_failures(now: datetime) -> list[FailedEvent]:
    """The failures whose events are still due, the oldest first. The runner deletes the others at its next look."""
    failures = list(FailedEvent.objects.order_by("due_at", "pk"))
    due = set(due_events(now)) if failures else set()
    return [failed for failed in failures if failed.event in due]


def failures_about(obj: Draftable, now: datetime) -> list[FailedEvent]:
    """The failures of one object: of its scheduled version, its expiry and its check."""
    failures = open_failures(now)
    if not failures:
        return []
    scheduled = set(scheduled_revisions(obj).values_list("pk", flat=True))
    labels = {type(obj)._meta.label, Page._meta.label if isinstance(obj, Page) else ""}
    return [
        failed
        for failed in failures
        if (failed.change == Change.GO_LIVE and failed.object_pk in scheduled)
        or (failed.model_label in labels and failed.object_pk == obj.pk)
    ]


def object_of(event: Event) -> DraftStateMixin | None:
    """The object of an event, a page as its own type. None if it is deleted."""
    model = apps.get_model(event.model_label)
    found = model._base_manager.filter(pk=event.pk).first()
    if isinstance(found, Revision):
        return found.content_object
    return found.specific if isinstance(found, Page) else found


def title_of(event: Event) -> str:
    """The title of the object. For a go-live, the title of the version that goes live."""
    if event.change == Change.GO_LIVE:
        named = Revision.objects.filter(pk=event.pk).values_list("object_str", flat=True).first()
        return named or "A deleted object"
    return str(object_of(event) or "A deleted object")
