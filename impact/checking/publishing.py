"""Makes a check public at once, beside whatever else is being done with the stat, or sends it for review.

A newer draft and a scheduled update take the check over, so that publishing either does not take it back.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from impact.stats import ImpactStat
from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.editing.merge import merge
from site_core.publishing.editing.rebase import UndecidedConflicts, publish_and_rebase
from site_core.publishing.ledger.recording import content_of
from site_core.publishing.permissions import may_publish, require_unlocked
from site_core.publishing.publishable import lock_row
from site_core.publishing.types import Content

CHECKED = "impact.check"
IN_REVIEW = "This impact stat is in review. Decide that review first, then check the stat."
CHANGED = (
    "Another version was published after you opened this screen. Look at the figure above again, then decide. "
    "What you entered is still here."
)
SAME_CHANGED = "A {} changes the same. Open the impact stat and publish or discard that first, then check it here."
HAS_DRAFT = (
    "This impact stat has a draft with other changes. Send that for review, or ask an Editor to check the stat: "
    "an Editor's check is public at once, and the draft keeps it."
)


class CannotCheck(Exception):
    """Nothing was changed. str() is a sentence that says why."""


@transaction.atomic
def publish_check(pk: int, seen: int | None, change: Callable[[ImpactStat], None], user: Any) -> ImpactStat:
    """Change what is public of a stat and publish it, or send the change for review for who may not publish.

    Return the stat as it was changed. Raises CannotCheck, and ValidationError where the change is not valid.
    """
    lock_row(ImpactStat(pk=pk))
    stat = ImpactStat.objects.with_everything().get(pk=pk)
    _require_possible(stat, seen, user)
    before, newest = content_of(stat), stat.latest_revision
    change(stat)
    stat.full_clean()
    if not may_publish(user, stat):
        _send_for_review(stat, user)
        return stat
    draft = newest if stat.has_unpublished_changes and newest.approved_go_live_at is None else None
    # No entry in the log, so that the check does not count as a further edit of the scheduled update.
    fix = stat.save_revision(user=user)
    try:
        publish_and_rebase(fix, user)
    except UndecidedConflicts:
        raise CannotCheck(SAME_CHANGED.format("scheduled update")) from None
    if draft:
        _carry_into(draft, before, fix)
    log(stat, CHECKED, user=user, revision=fix)
    return stat


def _require_possible(stat: ImpactStat, seen: int | None, user: Any) -> None:
    if not stat.live or stat.live_revision_id != seen:
        raise CannotCheck(CHANGED)
    if stat.workflow_in_progress:
        raise CannotCheck(IN_REVIEW)
    try:
        require_unlocked(user, stat)
    except ApprovalRefused as refused:
        raise CannotCheck(str(refused)) from None


def _send_for_review(stat: ImpactStat, user: Any) -> None:
    workflow = stat.get_workflow()
    if stat.has_unpublished_changes or workflow is None:
        raise CannotCheck(HAS_DRAFT)
    stat.save_revision(user=user, log_action=True)
    workflow.start(stat, user)


def _carry_into(draft: Revision, before: Content, fix: Revision) -> None:
    """Save the draft anew with the check in it, as its author's and as the newest revision."""
    was, checked, drafted = (normalized(ImpactStat, content) for content in (before, fix.content, draft.content))
    merged = merge(was, checked, drafted, shape_of(ImpactStat))
    if merged.conflicts:
        raise CannotCheck(SAME_CHANGED.format("newer draft"))
    stat = ImpactStat.objects.get(pk=fix.object_id)
    published = {"last_published_at": content_of(stat).get("last_published_at")}
    stat.with_content_json({**merged.content, **published}).save_revision(user=draft.user, clean=False)
