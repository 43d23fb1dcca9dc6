"""Carries out one event: in a transaction that first locks the object's row and reads everything again."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.events import Change, Event, overdue_unsaid
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recording import because, record
from site_core.publishing.ledger.scheduled_by import who_scheduled, who_set_expiry
from site_core.publishing.publishable import kept_schedules, parsed_datetime
from site_core.publishing.rechecks import RecheckedMixin
from site_core.publishing.runner.missing_references import missing_references
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.types import Draftable

CANCELED = "publishing.schedule.canceled"
SUPERSEDED = (
    "The scheduled version did not go live, because a newer version has been published since it was scheduled. "
    "If you still want it, schedule it again."
)
EXPIRED = (
    "The scheduled version did not go live, because it expired before it could. "
    "If you still want it, give it new dates and schedule it again."
)


class Result(StrEnum):
    """The result of an event: it was carried out, it is not due or is locked by someone else, or it was canceled."""

    DONE = "done"
    SKIPPED = "skipped"
    CANCELED = "canceled"


class CannotGoLive(Exception):
    """A revision cannot be published. The message is a sentence for an editor."""


def execute(event: Event, now: datetime) -> Result:
    """Carry out the event if it is still due by `now`. If this raises, nothing has changed."""
    with transaction.atomic():
        return _HANDLERS[event.change](event, now)


def _go_live(event: Event, now: datetime) -> Result:
    """Publish the revision, unless it is no longer scheduled for now, or is superseded or expired."""
    owner = Revision.objects.filter(pk=event.pk).values_list("content_type", "object_id").first()
    if owner is None:
        return Result.SKIPPED
    content_type, pk = owner
    model: type[DraftStateMixin] = apps.get_model(*ContentType.objects.get_for_id(content_type).natural_key())
    obj = _lock(model._base_manager.all(), pk)
    if obj is None:
        if model._base_manager.filter(pk=pk).exists():
            return Result.SKIPPED
        raise CannotGoLive("What was scheduled to go live has been deleted.")
    revision = Revision.objects.select_for_update().filter(pk=event.pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return Result.SKIPPED
    revision.content_object = obj
    if isinstance(obj, Page) and is_in_trash(obj):
        return Result.SKIPPED
    if _is_superseded(obj, revision):
        return _cancel(obj, revision, SUPERSEDED)
    if _is_expired(revision, now):
        _expire_unpublished(obj, event.at, who_scheduled(revision))
        return _cancel(obj, revision, EXPIRED)
    _check_references(obj, revision)
    # Wagtail compares this date with the machine's clock, and would schedule it again if that clock is slow.
    revision.content = {**revision.content, "go_live_at": None}
    if not isinstance(obj, Page):
        # Saving a page validates it. A snippet is validated only here and in its form.
        checked_already = {field.name for field in obj._meta.concrete_fields if field.is_relation}
        revision.as_object().full_clean(exclude=checked_already)
    with because(Cause.SCHEDULED, by=who_scheduled(revision), due_at=event.at):
        # As `revision.publish()`, which would read everything once more.
        action = action_registry.get_action_class(model, "publish")
        action(revision, log_action="wagtail.publish.scheduled").execute_locked()
    return Result.DONE


def _is_superseded(obj: Draftable, revision: Revision) -> bool:
    """Whether the live revision is newer than the scheduled one.

    A revision that undo created holds old content and supersedes nothing.
    """
    live = obj.live_revision if obj.live else None
    if live is None or (live.created_at, live.pk) <= (revision.created_at, revision.pk):
        return False
    return not Publication.objects.filter(revision_id=live.pk, cause=Cause.UNDONE).exists()


def _is_expired(revision: Revision, now: datetime) -> bool:
    """Whether its go-live and its expiry have passed. An expiry before the go-live is an older version's."""
    expire_at = parsed_datetime(revision.content.get("expire_at"))
    return expire_at is not None and revision.approved_go_live_at < expire_at <= now


def _cancel(obj: Draftable, revision: Revision, reason: str) -> Result:
    """Cancel the schedule of the revision, and enter the reason in the object's history."""
    due = revision.approved_go_live_at
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(obj, CANCELED, revision=revision, data={"sentence": reason, "due": due.isoformat()})
    return Result.CANCELED


def _expire_unpublished(obj: Draftable, due_at: datetime, by: AbstractUser | None) -> None:
    """Expire an object whose scheduled version expired before it went live. That version never becomes public."""
    if obj.live:
        _unpublish(obj, due_at, by)
        return
    type(obj)._base_manager.filter(pk=obj.pk).update(expired=True, go_live_at=None, expire_at=None)


def _check_references(obj: Draftable, revision: Revision) -> None:
    """Raise CannotGoLive if publishing would fail, or would silently drop part of the content."""
    if isinstance(obj, Page):
        try:
            obj.get_parent()
        except Page.DoesNotExist:
            raise CannotGoLive(
                "Its parent page no longer exists. Move it under another page, and it goes live."
            ) from None
    if missing := missing_references(type(obj), revision.content):
        raise CannotGoLive(
            f"It refers to something that no longer exists: {', '.join(missing)}. "
            "Replace or remove the reference, and publish it or schedule it again."
        )


def _expire(event: Event, now: datetime) -> Result:
    """Unpublish the object, unless its expiry was moved in the meantime."""
    model: type[DraftStateMixin] = apps.get_model(event.model_label)
    found = _lock(model._base_manager.filter(live=True, expire_at__lte=now), event.pk)
    if found is None:
        return Result.SKIPPED
    obj = found.specific if isinstance(found, Page) else found
    _unpublish(obj, event.at, who_set_expiry(obj))
    return Result.DONE


def _unpublish(obj: Draftable, due_at: datetime, by: AbstractUser | None) -> None:
    """Expire an object and clear its dates. An update that goes live later stays scheduled."""
    with because(Cause.EXPIRED, by=by, due_at=due_at), kept_schedules(obj) as scheduled:
        obj.expire_at = None
        if not scheduled:
            obj.go_live_at = None
        obj.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _mark_overdue(event: Event, now: datetime) -> Result:
    """Show in public that the check of the object is overdue, unless it was checked in the meantime."""
    model: type[RecheckedMixin] = apps.get_model(event.model_label)
    found = _lock(overdue_unsaid(model, now), event.pk)
    if found is None:
        return Result.SKIPPED
    found.settle_check(today=timezone.localdate(now))
    found.save(update_fields=["check_is_overdue"])
    with because(Cause.OVERDUE, due_at=event.at):
        record(found, Cause.OVERDUE, revision_id=found.live_revision_id)
    return Result.DONE


_HANDLERS: dict[Change, Callable[[Event, datetime], Result]] = {
    Change.GO_LIVE: _go_live,
    Change.EXPIRY: _expire,
    Change.OVERDUE: _mark_overdue,
}


def _lock(queryset: QuerySet[DraftStateMixin], pk: object) -> DraftStateMixin | None:
    """Lock and return the object. None if it is not in the queryset, or if someone else holds its lock."""
    # Locks the row of the page's own type and its row in the page table.
    rows = ("self", "page_ptr") if issubclass(queryset.model, Page) and queryset.model is not Page else ("self",)
    return queryset.select_for_update(skip_locked=True, of=rows).filter(pk=pk).first()
