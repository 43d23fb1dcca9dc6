"""Moves, cancels and brings forward scheduled events.

A scheduled revision is never edited. A copy with other dates replaces it. `approved_go_live_at` and the date in the
content change together: Wagtail uses the first to find what is due, and the second when it publishes.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.eastern import written_out
from site_core.publishing.events import Change
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.types import Actor, Draftable


class NotPossible(Exception):
    """The change is not possible. The message is a sentence for an editor."""


def date_in(revision: Revision, field: str) -> datetime | None:
    """The go-live or expiry in the content of a revision."""
    value = revision.content.get(field)
    return parse_datetime(value) if isinstance(value, str) and value else None


@transaction.atomic
def move_go_live(revision: Revision, at: datetime, user: Actor) -> Revision:
    """Schedule the revision for another time. Return the revision that replaces it."""
    revision = _still_scheduled(revision)
    _require_future(at)
    expiry = date_in(revision, "expire_at")
    if expiry and at >= expiry:
        raise NotPossible(
            f"It is scheduled to be taken down on {written_out(expiry)}. Choose an earlier time, or move that first."
        )
    moved = _replace(revision, user, go_live_at=at)
    log(
        instance=moved.as_object(),
        action="wagtail.publish.schedule",
        user=user,
        revision=moved,
        data={
            "revision": {
                "id": moved.pk,
                "created": moved.created_at.isoformat(),
                "go_live_at": at.isoformat(),
                "has_live_version": moved.content_object.live,
            }
        },
    )
    return moved


@transaction.atomic
def cancel_go_live(revision: Revision, user: Actor) -> None:
    """Unschedule the revision. The draft keeps its date, which does nothing until it is scheduled again."""
    revision = _still_scheduled(revision)
    revision.approved_go_live_at = None
    revision.save(user=user, update_fields=["approved_go_live_at"])
    _delete_failure(Change.GO_LIVE, revision)


@transaction.atomic
def publish_now(revision: Revision, user: Actor) -> None:
    """Publish a scheduled revision now."""
    revision = _still_scheduled(revision)
    early = _replace(revision, user, go_live_at=None)
    try:
        early.publish(user=user)
    except ValidationError as error:
        raise NotPossible(f"It cannot be published as it is: {' '.join(error.messages)}") from error


@transaction.atomic
def move_expiry(obj: Draftable, at: datetime | None, user: Actor) -> None:
    """Move or clear the expiry of a live object, and of its drafts that have the same date."""
    live = _still_expiring(obj)
    if at:
        _require_future(at)
    before = live.expire_at
    drafts = {live.latest_revision_id, *_scheduled(live).values_list("pk", flat=True)} - {None}
    for revision in Revision.objects.select_for_update().filter(pk__in=drafts).order_by("created_at", "pk"):
        if _is_same(date_in(revision, "expire_at"), before):
            _replace(revision, user, expire_at=at)
    type(live)._base_manager.filter(pk=live.pk).update(expire_at=at)
    _delete_failure(Change.EXPIRY, live)
    log(instance=live, action="wagtail.edit", user=user, data={"expire_at": at.isoformat() if at else None})


@transaction.atomic
def move_expiry_of_scheduled(revision: Revision, at: datetime | None, user: Actor) -> Revision:
    """Move or clear the expiry of a scheduled revision."""
    revision = _still_scheduled(revision)
    go_live_at = revision.approved_go_live_at
    if at and go_live_at and at <= go_live_at:
        raise NotPossible(f"It goes live on {written_out(go_live_at)}. Choose a later time.")
    return _replace(revision, user, expire_at=at)


@transaction.atomic
def take_down_now(obj: Draftable, user: Actor) -> None:
    """Unpublish a live object before its expiry. A scheduled update stays scheduled."""
    live = _still_expiring(obj)
    approvals = list(_scheduled(live).values_list("pk", "approved_go_live_at"))
    live.unpublish(user=user)
    for pk, at in approvals:
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)
    _delete_failure(Change.EXPIRY, live)


def _still_scheduled(revision: Revision) -> Revision:
    """Lock the object and read the revision again. Raises NotPossible if it is no longer scheduled."""
    if (obj := revision.content_object) is None:
        raise NotPossible("What was scheduled has been deleted.")
    lock_row(obj)
    fresh = Revision.objects.select_for_update().filter(pk=revision.pk, approved_go_live_at__isnull=False).first()
    if fresh is None:
        raise NotPossible("This is no longer scheduled: it has gone live, or someone has moved or canceled it.")
    return fresh


def _still_expiring(obj: Draftable) -> DraftStateMixin:
    """Lock the object and read it again. Raises NotPossible if it no longer expires."""
    lock_row(obj)
    live = type(obj)._base_manager.filter(pk=obj.pk, live=True, expire_at__isnull=False).first()
    if live is None:
        raise NotPossible(
            "This is no longer scheduled to be taken down: it has been taken down, or someone has changed its date."
        )
    return live


def _require_future(at: datetime) -> None:
    if at <= timezone.now():
        raise NotPossible("This time has passed. Choose a time in the future.")


def _is_same(one: datetime | None, other: datetime) -> bool:
    """Compares seconds: the content of a revision has milliseconds, the database row microseconds."""
    return one is not None and one.replace(microsecond=0) == other.replace(microsecond=0)


def _scheduled(obj: Draftable) -> QuerySet[Revision]:
    return obj.revisions.filter(approved_go_live_at__isnull=False)


def _replace(revision: Revision, user: Actor, **dates: datetime | None) -> Revision:
    """Replace a revision by a copy with other dates: in the schedule, in the order of drafts, and as the latest."""
    obj = revision.content_object
    was_latest = obj.latest_revision_id == revision.pk
    go_live_at = dates.get("go_live_at", revision.approved_go_live_at)
    new = Revision.objects.create(
        content_type=revision.content_type,
        base_content_type=revision.base_content_type,
        object_id=revision.object_id,
        object_str=revision.object_str,
        user=user,
        # A newer draft stays newer.
        created_at=timezone.now() if was_latest else revision.created_at,
        content={**revision.content, **{name: at and at.isoformat() for name, at in dates.items()}},
        approved_go_live_at=go_live_at if revision.approved_go_live_at else None,
    )
    if revision.approved_go_live_at:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        _delete_failure(Change.GO_LIVE, revision)
    _update_row(obj, new, dates, was_latest=was_latest)
    return new


def _update_row(obj: Draftable, new: Revision, dates: dict[str, datetime | None], *, was_latest: bool) -> None:
    """Update the columns of the object's row that Wagtail copies from a revision."""
    changes: dict[str, object] = {}
    if was_latest:
        changes["latest_revision"] = new
        if isinstance(obj, Page):
            changes["latest_revision_created_at"] = new.created_at
    if not obj.live:
        # A row that is not live has the dates of its draft.
        changes |= dates
    if changes:
        type(obj)._base_manager.filter(pk=obj.pk).update(**changes)


def _delete_failure(change: Change, obj: Revision | Draftable) -> None:
    """Moving or canceling an event ends its failure."""
    model = Page if isinstance(obj, Page) else type(obj)
    FailedEvent.objects.filter(change=change, model_label=model._meta.label, object_pk=obj.pk).delete()
