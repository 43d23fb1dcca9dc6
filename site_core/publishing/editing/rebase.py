"""Merges a change that is published now into the scheduled update of the same object.

Wagtail silently cancels the schedule. Here a small fix is merged into the update, or the user confirms that the update
is canceled.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from wagtail.actions import PublishRevisionAction
from wagtail.models import DraftStateMixin, Revision

from site_core.publishing.differences.changed_fields import changed_fields
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.draft_ancestry import is_based_on
from site_core.publishing.editing.merge import Merge, Side, merge
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.recording import content_of
from site_core.publishing.publishable import lock_row, scheduled_revisions, without_past_go_live
from site_core.publishing.types import Actor, Content, Draftable


class UndecidedConflicts(Exception):
    """The fix and the scheduled update change the same content, and no one has chosen a version."""

    def __init__(self, merged: Merge) -> None:
        super().__init__("The fix and the scheduled update change the same content.")
        self.merged = merged


def scheduled_update(obj: Draftable) -> Revision | None:
    """The revision that is approved to go live later, or was due and has failed so far."""
    return scheduled_revisions(obj).first()


def update_at_risk(obj: Draftable, content: Content, *, is_the_update: bool | None = None) -> Revision | None:
    """The scheduled update that publishing this content would cancel, if that would lose any of it.

    None for an object that has never been public: publishing it sooner loses nothing. None also for content made from
    the update itself, such as a fix of an update that could not go live. `is_the_update` says whether the content was
    made from it; by default that is looked up for the newest draft.
    """
    scheduled = scheduled_update(obj)
    only_schedules = without_past_go_live(content).get("go_live_at")
    if scheduled is None or only_schedules or public_content(obj) is None:
        return None
    if is_based_on(obj, scheduled) if is_the_update is None else is_the_update:
        return None
    model = type(obj)
    differs = changed_fields(
        normalized(model, content), normalized(model, scheduled.content), shape_of(model)
    ) or content.get("expire_at") != scheduled.content.get("expire_at")
    return scheduled if differs else None


def public_content(obj: Draftable) -> Content | None:
    """What is public, or was public last. None if nothing ever was."""
    if obj.live:
        return content_of(obj)
    row = Publication.objects.of(obj).filter(is_public=True).newest_first().first()
    return row.content if row else None


def rebased(fix: Revision, scheduled: Revision, choices: Mapping[str, Side] | None = None) -> Merge:
    """The scheduled update with the fix merged into it."""
    obj = fix.content_object
    model = type(obj)
    base = normalized(model, public_content(obj) or {})
    return merge(base, normalized(model, fix.content), normalized(model, scheduled.content), shape_of(model), choices)


@transaction.atomic
def publish_and_rebase(fix: Revision, user: Actor, choices: Mapping[str, Side] | None = None) -> Revision | None:
    """Publish the fix, and schedule a new revision that includes it in place of the update. Return that revision.

    None if nothing is scheduled, or if the fix contains everything that is. Raises UndecidedConflicts, and
    ValidationError if either cannot be published; then nothing has changed.
    """
    lock_row(fix.content_object)
    fix = Revision.objects.get(pk=fix.pk)
    scheduled = update_at_risk(fix.content_object, fix.content)
    if scheduled is None:
        fix.publish(user=user)
        return None
    choices = choices or {}
    merged = rebased(fix, scheduled, choices)
    if any(conflict.name not in choices for conflict in merged.conflicts):
        raise UndecidedConflicts(merged)
    fix.publish(user=user)
    return _reschedule(fix, scheduled, merged.content, user)


def _reschedule(fix: Revision, scheduled: Revision, content: Content, user: Actor) -> Revision:
    """Save a new revision for the same time. Publishing it would not schedule it if that time has come already."""
    published = Revision.objects.get(pk=fix.pk).content_object
    at = scheduled.approved_go_live_at
    now_public = {"last_published_at": content_of(published).get("last_published_at")}
    update = published.with_content_json({**content, **now_public, "go_live_at": at.isoformat()})
    replacement = update.save_revision(user=user, approved_go_live_at=at, log_action=True)
    PublishRevisionAction(replacement, user=user, changed=False).log_scheduling_action()
    return replacement


def publish_unless_undecided(obj: DraftStateMixin, user: Actor) -> str:
    """Publish the newest draft and merge it into the scheduled update. Return "", or why not."""
    scheduled = scheduled_update(obj)
    try:
        publish_and_rebase(obj.get_latest_revision(), user)
    except UndecidedConflicts:
        at = written_out(scheduled.approved_go_live_at) if scheduled else "later"
        return (
            f"“{obj}” has an update scheduled for {at} that changes the same content. "
            "Open it and publish from there: you will be asked which version to keep."
        )
    return ""


def is_due(scheduled: Revision) -> bool:
    """Whether its time has come, so that it is about to go live or has failed to."""
    return scheduled.approved_go_live_at <= timezone.now()
