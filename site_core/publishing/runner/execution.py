"""How one event is carried out: inside a transaction, after its object's row has been locked and all is read anew."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from site_core.publishing.events import Change, Event, overdue_unsaid
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recording import because, record
from site_core.publishing.ledger.scheduled_by import who_scheduled, who_set_expiry
from site_core.publishing.runner.missing_references import missing_references
from site_core.publishing.trashed_page import is_in_trash

CANCELED = "publishing.schedule.canceled"
SUPERSEDED = (
    "The scheduled version did not go live, because a newer version has been published since it was scheduled. "
    "If it is still wanted, schedule it again."
)
OVER = (
    "The scheduled version did not go live, because its expiry had passed before it could. "
    "If it is still wanted, give it new dates and schedule it again."
)


class Result(StrEnum):
    """What came of an event: carried out, not due (any more) or held by somebody, or its schedule was ended."""

    DONE = "done"
    LEFT = "left"
    CANCELED = "canceled"


class CannotGoLive(Exception):
    """Why a revision cannot be published, as a sentence for an editor."""


def execute(event: Event, now: datetime) -> Result:
    """Do what the event says if it is still due by `now`. Whatever is raised, nothing has been changed."""
    with transaction.atomic():
        return _HOW[event.change](event, now)


def _go_live(event: Event, now: datetime) -> Result:
    """Publish the revision, unless its approval was taken back or moved, or the time for it has passed for good."""
    owner = Revision.objects.filter(pk=event.pk).values_list("content_type", "object_id").first()
    if owner is None:
        return Result.LEFT
    content_type, number = owner
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    obj = _of_one(model._base_manager, number)
    if obj is None:
        if model._base_manager.filter(pk=number).exists():
            return Result.LEFT
        raise CannotGoLive("What was to go live has been deleted.")
    revision = Revision.objects.select_for_update().filter(pk=event.pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return Result.LEFT
    revision.content_object = obj
    if isinstance(obj, Page) and is_in_trash(obj):
        return Result.LEFT
    if _is_superseded(obj, revision):
        return _cancel(obj, revision, SUPERSEDED)
    if _is_over(revision, now):
        _end_what_was_never_seen(obj, event.at, who_scheduled(revision))
        return _cancel(obj, revision, OVER)
    _require_what_it_needs(obj, revision)
    # Its time has come. With the date left in, Wagtail would compare it with the clock once more, and schedule
    # again what is due by `now` but not yet by the clock of this machine.
    revision.content = {**revision.content, "go_live_at": None}
    if not isinstance(obj, Page):
        # A page is validated whenever it is saved; a snippet only here and in its form.
        revision.as_object().full_clean(exclude=_references(obj))
    with because(Cause.SCHEDULED, by=who_scheduled(revision), due_at=event.at):
        revision.publish(log_action="wagtail.publish.scheduled")
    return Result.DONE


def _is_superseded(obj: Any, revision: Revision) -> bool:
    """Whether what is public now is newer than the revision that was to replace it.

    What undo has put back is old, whatever its number: it leaves schedules as they were.
    """
    live = obj.live_revision if obj.live else None
    if live is None or (live.created_at, live.pk) <= (revision.created_at, revision.pk):
        return False
    return not Publication.objects.filter(revision_id=live.pk, cause=Cause.UNDONE).exists()


def _is_over(revision: Revision, now: datetime) -> bool:
    """Whether its go-live and its expiry have both passed. An expiry before the go-live is an older version's."""
    expire_at = _at(revision.content.get("expire_at"))
    return expire_at is not None and revision.approved_go_live_at < expire_at <= now


def _cancel(obj: Any, revision: Revision, reason: str) -> Result:
    """End a schedule that has no point any more, and say why in the object's history."""
    due = revision.approved_go_live_at
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(obj, CANCELED, revision=revision, data={"sentence": reason, "due": due.isoformat()})
    return Result.CANCELED


def _end_what_was_never_seen(obj: Any, due_at: datetime, by: Any) -> None:
    """Its whole time has passed: what is public of it is taken down, and nothing of the new version ever shows."""
    if obj.live:
        _take_down(obj, due_at, by)
        return
    type(obj)._base_manager.filter(pk=obj.pk).update(expired=True, go_live_at=None, expire_at=None)


def _require_what_it_needs(obj: Any, revision: Revision) -> None:
    """Raise CannotGoLive where publishing would fail, or lose part of the content in silence."""
    if isinstance(obj, Page):
        try:
            obj.get_parent()
        except Page.DoesNotExist:
            raise CannotGoLive(
                "The page that it stands below no longer exists. Move it below another page, and it goes live."
            ) from None
    if gone := missing_references(type(obj), revision.content):
        raise CannotGoLive(
            f"It refers to something that no longer exists: {', '.join(gone)}. "
            "Choose another or take it out, and publish it or schedule it again."
        )


def _references(obj: Any) -> set[str]:
    """The fields that point at other objects: those have been looked for already."""
    return {field.name for field in obj._meta.concrete_fields if field.is_relation}


def _expire(event: Event, now: datetime) -> Result:
    """Take the object down, unless its expiry was moved meanwhile."""
    model: Any = apps.get_model(event.model_label)
    found = _locked(model, event.pk, live=True, expire_at__lte=now)
    if found is None:
        return Result.LEFT
    obj = found.specific if isinstance(found, Page) else found
    _take_down(obj, event.at, who_set_expiry(obj))
    return Result.DONE


def _take_down(obj: Any, due_at: datetime, by: Any) -> None:
    """Expire an object. Its dates are over and cleared; an update that is to go live later keeps its schedule."""
    # Unpublishing wipes every approval.
    approvals = list(obj.revisions.exclude(approved_go_live_at=None).values_list("pk", "approved_go_live_at"))
    obj.expire_at = None
    if obj.go_live_at and not approvals:
        obj.go_live_at = None
    with because(Cause.EXPIRED, by=by, due_at=due_at):
        obj.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, at in approvals:
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)


def _mark_overdue(event: Event, now: datetime) -> Result:
    """Let the object say in public that its check is overdue, unless it was checked meanwhile."""
    model: Any = apps.get_model(event.model_label)
    found = _of_one(overdue_unsaid(model, now), event.pk)
    if found is None:
        return Result.LEFT
    found.settle_check(today=timezone.localdate(now))
    found.save(update_fields=["check_is_overdue"])
    with because(Cause.OVERDUE, due_at=event.at):
        record(found, Cause.OVERDUE, revision_id=found.live_revision_id)
    return Result.DONE


_HOW: dict[Change, Callable[[Event, datetime], Result]] = {
    Change.GO_LIVE: _go_live,
    Change.EXPIRY: _expire,
    Change.OVERDUE: _mark_overdue,
}


def _locked(model: Any, number: Any, **still: Any) -> Any:
    """The object if it is still so, locked; None if not, or if somebody holds it: it is left for the next look."""
    return _of_one(model._base_manager.filter(**still), number)


def _of_one(queryset: Any, number: Any) -> Any:
    """The row of a page's own type goes with that of every page."""
    rows = ("self", "page_ptr") if issubclass(queryset.model, Page) and queryset.model is not Page else ("self",)
    return queryset.select_for_update(skip_locked=True, of=rows).filter(pk=number).first()


def _at(value: str | datetime | None) -> datetime | None:
    """A time as a revision's content holds it."""
    return parse_datetime(value) if isinstance(value, str) else value
