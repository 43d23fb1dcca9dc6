"""Moves, cancels and brings forward scheduled events.

A scheduled revision is never edited. A copy with other dates replaces it. `approved_go_live_at` and the date in the
content change together: Wagtail uses the first to find what is due, and the second when it publishes.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions import PublishRevisionAction
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.eastern import written_out
from site_core.publishing.events import Change
from site_core.publishing.publishable import kept_schedules, lock_row, parsed_datetime, scheduled_revisions
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.schedule.queries import to_the_second
from site_core.publishing.types import Actor, Draftable

PASSED = "This time has passed. Choose a time in the future."


class NotPossible(Exception):
    """The change is not possible. The message is a sentence for an editor."""


@transaction.atomic
def move_go_live(revision: Revision, at: datetime, user: Actor) -> Revision:
    """Schedule the revision for another time. Return the revision that replaces it."""
    revision = _still_scheduled(revision)
    _require_future(at)
    _require_before_expiry(at, revision)
    moved = _replace(revision, user, go_live_at=at)
    PublishRevisionAction(moved, user=user, changed=False).log_scheduling_action()
    return moved


@transaction.atomic
def date_draft(revision: Revision, at: datetime | None) -> Revision:
    """Give the newest draft another go-live, None for at once. Return its copy, which has the same author."""
    if parsed_datetime(revision.content.get("go_live_at")) == at:
        return revision
    if at:
        _require_future(at)
        _require_before_expiry(at, revision)
    return _replace(revision, revision.user, go_live_at=at)


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
    before = to_the_second(live.expire_at)
    drafts = {live.latest_revision_id, *scheduled_revisions(live).values_list("pk", flat=True)} - {None}
    for revision in Revision.objects.select_for_update().filter(pk__in=drafts).order_by("created_at", "pk"):
        if to_the_second(parsed_datetime(revision.content.get("expire_at"))) == before:
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
    with kept_schedules(live):
        live.unpublish(user=user)
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
            "This is no longer scheduled to come down: it has been taken down, or someone has changed its date."
        )
    return live


def _require_future(at: datetime) -> None:
    if at <= timezone.now():
        raise NotPossible(PASSED)


def _require_before_expiry(at: datetime, revision: Revision) -> None:
    expiry = parsed_datetime(revision.content.get("expire_at"))
    if expiry and at >= expiry:
        raise NotPossible(
            f"It is scheduled to come down on {written_out(expiry)}. Choose an earlier time, or move that first."
        )


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
