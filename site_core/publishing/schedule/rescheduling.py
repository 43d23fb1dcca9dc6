"""Moving, cancelling and bringing forward what is scheduled.

A scheduled revision is never edited: one that is the same but for its dates takes its place. Its approval and the
date in its content change together, because Wagtail goes by the one when it looks for what is due and by the other
when it publishes.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from site_core.publishing.eastern import written_out
from site_core.publishing.events import Change
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failures import FailedEvent


class NotPossible(Exception):
    """What was asked for cannot be done; its text is a sentence for an editor."""


def date_in(revision: Revision, field: str) -> datetime | None:
    """The go-live or expiry that a revision holds."""
    written = revision.content.get(field)
    return parse_datetime(written) if isinstance(written, str) and written else None


@transaction.atomic
def move_go_live(revision: Revision, at: datetime, user: Any) -> Revision:
    """Let what is scheduled go live at another time. Gives the revision that is scheduled in place of the old."""
    revision = _still_scheduled(revision)
    _must_be_ahead(at)
    expiry = date_in(revision, "expire_at")
    if expiry and at >= expiry:
        raise NotPossible(
            f"It is to be taken down on {written_out(expiry)}. Choose an earlier time, or move that first."
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
def cancel_go_live(revision: Revision, user: Any) -> None:
    """Take the approval back. The draft keeps its date, which does nothing until it is scheduled again."""
    revision = _still_scheduled(revision)
    revision.approved_go_live_at = None
    revision.save(user=user, update_fields=["approved_go_live_at"])
    _forget_failure(Change.GO_LIVE, revision)


@transaction.atomic
def publish_now(revision: Revision, user: Any) -> None:
    """Publish what is scheduled without waiting for its time."""
    revision = _still_scheduled(revision)
    early = _replace(revision, user, go_live_at=None)
    try:
        early.publish(user=user)
    except ValidationError as error:
        raise NotPossible(f"It cannot be published as it is: {' '.join(error.messages)}") from error


@transaction.atomic
def move_expiry(obj: Any, at: datetime | None, user: Any) -> None:
    """Take down what is public at another time, or at none. A draft that holds the same date changes with it."""
    live = _still_expiring(obj)
    if at:
        _must_be_ahead(at)
    before = live.expire_at
    drafts = {live.latest_revision_id, *_scheduled(live).values_list("pk", flat=True)} - {None}
    for revision in Revision.objects.select_for_update().filter(pk__in=drafts).order_by("created_at", "pk"):
        if _is_same(date_in(revision, "expire_at"), before):
            _replace(revision, user, expire_at=at)
    type(live)._base_manager.filter(pk=live.pk).update(expire_at=at)
    _forget_failure(Change.EXPIRY, live)
    log(instance=live, action="wagtail.edit", user=user, data={"expire_at": at.isoformat() if at else None})


@transaction.atomic
def move_expiry_of_scheduled(revision: Revision, at: datetime | None, user: Any) -> Revision:
    """Change when that which is only to go live will be taken down again, or leave it up."""
    revision = _still_scheduled(revision)
    go_live_at = revision.approved_go_live_at
    if at and go_live_at and at <= go_live_at:
        raise NotPossible(f"It goes live on {written_out(go_live_at)}. Choose a later time.")
    return _replace(revision, user, expire_at=at)


@transaction.atomic
def take_down_now(obj: Any, user: Any) -> None:
    """Take down what is public without waiting for its expiry. A scheduled update stays scheduled."""
    live = _still_expiring(obj)
    approvals = list(_scheduled(live).values_list("pk", "approved_go_live_at"))
    live.unpublish(user=user)
    for pk, at in approvals:
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)
    _forget_failure(Change.EXPIRY, live)


def _still_scheduled(revision: Revision) -> Revision:
    """The revision, read anew now that nobody else can change its object."""
    if (obj := revision.content_object) is None:
        raise NotPossible("What was scheduled is no longer there.")
    lock_row(obj)
    fresh = Revision.objects.select_for_update().filter(pk=revision.pk, approved_go_live_at__isnull=False).first()
    if fresh is None:
        raise NotPossible("This is no longer scheduled: it has gone live, or somebody has moved or canceled it.")
    return fresh


def _still_expiring(obj: Any) -> Any:
    lock_row(obj)
    live = type(obj)._base_manager.filter(pk=obj.pk, live=True, expire_at__isnull=False).first()
    if live is None:
        raise NotPossible("This is no longer to be taken down: it has been, or somebody has changed its date.")
    return live


def _must_be_ahead(at: datetime) -> None:
    if at <= timezone.now():
        raise NotPossible("This time has passed. Choose one that is still to come.")


def _is_same(one: datetime | None, other: datetime) -> bool:
    """The content of a revision cuts times off after a thousandth of a second, a row of the database later."""
    return one is not None and one.replace(microsecond=0) == other.replace(microsecond=0)


def _scheduled(obj: Any) -> Any:
    return obj.revisions.filter(approved_go_live_at__isnull=False)


def _replace(revision: Revision, user: Any, **dates: datetime | None) -> Revision:
    """Put a revision with other dates in the place of one: in its schedule, in the order of drafts, as the latest."""
    obj = revision.content_object
    was_latest = obj.latest_revision_id == revision.pk
    go_live_at = dates.get("go_live_at", revision.approved_go_live_at)
    new = Revision.objects.create(
        content_type=revision.content_type,
        base_content_type=revision.base_content_type,
        object_id=revision.object_id,
        object_str=revision.object_str,
        user=user,
        # A newer draft stays the newer one.
        created_at=timezone.now() if was_latest else revision.created_at,
        content={**revision.content, **{name: at and at.isoformat() for name, at in dates.items()}},
        approved_go_live_at=go_live_at if revision.approved_go_live_at else None,
    )
    if revision.approved_go_live_at:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        _forget_failure(Change.GO_LIVE, revision)
    _update_row(obj, new, dates, was_latest=was_latest)
    return new


def _update_row(obj: Any, new: Revision, dates: dict[str, datetime | None], *, was_latest: bool) -> None:
    """What Wagtail writes into the object's own row beside a revision."""
    changes: dict[str, Any] = {}
    if was_latest:
        changes["latest_revision"] = new
        if isinstance(obj, Page):
            changes["latest_revision_created_at"] = new.created_at
    if not obj.live:
        # What has never been live carries the dates of its draft.
        changes |= dates
    if changes:
        type(obj)._base_manager.filter(pk=obj.pk).update(**changes)


def _forget_failure(change: Change, obj: Revision | Any) -> None:
    """A failure is over once its event is moved or taken back."""
    model = Page if isinstance(obj, Page) else type(obj)
    FailedEvent.objects.filter(change=change, model_label=model._meta.label, object_pk=obj.pk).delete()
