"""The panels of the admin's home about somebody's own work: what waits for approval, was sent back, or is a draft."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState, WorkflowState

from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.publishing.approval_rules import APPROVE, APPROVE_ALONE
from site_core.publishing.eastern import written_out
from site_core.publishing.events import models_with_drafts
from site_core.publishing.permissions import may_publish_pages
from site_core.publishing.review.views import Review
from site_core.publishing.schedule.panel import NextEventsPanel
from site_core.publishing.schedule.queries import unscheduled

# Wagtail's own panels, which these say in other words.
REPLACED = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits"}


def replace_homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Puts these panels in place of Wagtail's. An empty list is left out."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    lists = [
        Lines("to-approve", 52, "To approve", to_approve(request.user)),
        Lines("sent-back", 54, "Sent back to you", sent_back(request.user)),
        Lines("my-drafts", 70, "Your drafts", drafts_of(request.user)),
    ]
    panels.extend(one for one in lists if one.lines)
    if may_publish_pages(request.user):
        panels.append(NextEventsPanel())


def to_approve(user: Any) -> list[Line]:
    """What this person may approve, the longest waiting first."""
    states = TaskState.objects.reviewable_by(user).select_related("workflow_state", "revision__user")
    lines = []
    for state in states.order_by("started_at"):
        review = Review.of(state)
        if review and {APPROVE, APPROVE_ALONE} & review.choices_of(user):
            by = f"by {review.revision.user}, " if review.revision.user else ""
            lines.append(Line(review.title, review.kind, review.address, f"edited {by}{review.edited_at}"))
    return lines


def sent_back(user: Any) -> list[Line]:
    """What this person asked to have approved and an editor sent back, with the reason."""
    finder = AdminURLFinder(user)
    states = WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES)
    lines = []
    for state in states.select_related("current_task_state__finished_by").order_by("-current_task_state__finished_at"):
        review = Review.of(state.current_task_state)
        if review is None:
            continue
        by = f"by {review.state.finished_by}, " if review.state.finished_by else ""
        address = finder.get_edit_url(review.obj) or review.address
        lines.append(Line(review.title, review.kind, address, f"{by}{review.decided_at}", review.state.comment))
    return lines


def drafts_of(user: Any) -> list[Line]:
    """What this person edited last and is not public yet, the newest first. What was sent back is listed by itself."""
    finder = AdminURLFinder(user)
    drafts: list[Any] = []
    for model in models_with_drafts():
        mine = model._default_manager.filter(has_unpublished_changes=True, latest_revision__user=user)
        newest = mine.select_related("latest_revision").order_by("-latest_revision__created_at")
        drafts += (newest.specific() if model is Page else newest)[:SHOWN]
    drafts.sort(key=lambda draft: draft.latest_revision.created_at, reverse=True)
    warnings = _of_dates() if drafts else {}
    lines = []
    for draft in drafts[:SHOWN]:
        state = draft.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES and state.requested_by_id == user.pk:
            continue
        lines.append(
            Line(
                title=draft.latest_revision.object_str,
                kind=str(draft._meta.verbose_name),
                address=finder.get_edit_url(draft) or "",
                note=f"{_standing(draft, state)}, edited {written_out(draft.latest_revision.created_at)}",
                warning=" ".join(warnings.get((type(draft), str(draft.pk)), [])),
            )
        )
    return lines


def _of_dates() -> dict[tuple[Any, str], list[str]]:
    """What there is to say of each date that will do nothing, by the object whose draft holds it."""
    warnings = defaultdict(list)
    for entry in unscheduled():
        said = f"{entry.says.capitalize()} {entry.when}. {entry.warning}"
        warnings[entry.model, entry.object_id].append(said)
    return warnings


def _standing(draft: Any, state: WorkflowState | None) -> str:
    if draft.scheduled_revision:
        return f"scheduled for {written_out(draft.scheduled_revision.approved_go_live_at)}"
    if state:
        return "in review" if state.status == WorkflowState.STATUS_IN_PROGRESS else "sent back"
    return "public, with changes that are not" if draft.live else "not sent for review"
