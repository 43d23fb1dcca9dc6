"""The panels of the admin home page about the user's own work: reviews to decide, work sent back, and drafts."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.http import HttpRequest
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import DraftStateMixin, Page, TaskState, WorkflowState

from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.publishing.approval_rules import APPROVE, APPROVE_ALONE
from site_core.publishing.eastern import written_out
from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.permissions import may_publish_pages
from site_core.publishing.review.views import Review
from site_core.publishing.schedule.panel import NextEventsPanel
from site_core.publishing.schedule.queries import unscheduled
from site_core.publishing.types import User

# The names of the panels with what waits for the user.
TO_APPROVE = "to-approve"
WAITING = (TO_APPROVE, "sent-back", "my-drafts")
# Among so many newest changes are looked for those that are shown.
_LOOKED_AT = 50
LATELY = 5
# The names of Wagtail's panels that these replace.
REPLACED = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits"}


def replace_homepage_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's panels. Leave out an empty list. If all are empty, show what happens on the site instead."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    lists = [
        Lines(WAITING[0], 52, "To approve", to_approve(request.user)),
        Lines(WAITING[1], 54, "Sent back to you", sent_back(request.user)),
        Lines(WAITING[2], 70, "Your drafts", drafts_of(request.user)),
    ]
    panels.extend(panel for panel in lists if panel.lines)
    if may_publish_pages(request.user) or not something_waits(panels):
        panels.append(NextEventsPanel(request.user))
    if not something_waits(panels) and (lines := published_lately()):
        panels.append(Lines("published-lately", 72, "Published lately", lines))


def something_waits(panels: Iterable[Component]) -> bool:
    """Whether one of the panels holds what waits for the user."""
    return any(getattr(panel, "name", "") in WAITING for panel in panels)


def to_approve(user: User) -> list[Line]:
    """The reviews that the user may approve, the oldest first."""
    states = TaskState.objects.reviewable_by(user).select_related("workflow_state", "revision__user")
    lines = []
    for state in states.order_by("started_at"):
        review = Review.of(state)
        if review and {APPROVE, APPROVE_ALONE} & review.choices_of(user):
            by = f"by {review.revision.user}, " if review.revision.user else ""
            lines.append(Line(review.title, review.kind, review.url, f"edited {by}{review.edited_at}"))
    return lines


def sent_back(user: User) -> list[Line]:
    """What the user sent for review and an editor sent back, with the reason."""
    finder = AdminURLFinder(user)
    states = WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES)
    lines = []
    for state in states.select_related("current_task_state__finished_by").order_by("-current_task_state__finished_at"):
        review = Review.of(state.current_task_state)
        if review is None:
            continue
        by = f"by {review.state.finished_by}, " if review.state.finished_by else ""
        url = finder.get_edit_url(review.obj) or review.url
        lines.append(Line(review.title, review.kind, url, f"{by}{review.decided_at}", review.state.comment))
    return lines


def drafts_of(user: User) -> list[Line]:
    """The unpublished drafts that the user edited last, the newest first, without those that were sent back."""
    finder = AdminURLFinder(user)
    drafts: list[DraftStateMixin] = []
    for model in models_with_drafts():
        mine = model._default_manager.filter(has_unpublished_changes=True, latest_revision__user=user)
        newest = mine.select_related("latest_revision").order_by("-latest_revision__created_at")
        drafts += (newest.specific() if model is Page else newest)[:SHOWN]
    drafts.sort(key=lambda draft: draft.latest_revision.created_at, reverse=True)
    warnings = _date_warnings() if drafts else {}
    lines = []
    for draft in drafts[:SHOWN]:
        state = draft.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES and state.requested_by_id == user.pk:
            continue
        lines.append(
            Line(
                title=draft.latest_revision.object_str,
                kind=str(draft._meta.verbose_name),
                url=finder.get_edit_url(draft) or "",
                note=f"{_status(draft, state)}, edited {written_out(draft.latest_revision.created_at)}",
                warning=" ".join(warnings.get((type(draft), str(draft.pk)), [])),
            )
        )
    return lines


def published_lately() -> list[Line]:
    """What went live last and is still public, the newest first, with links to the public pages."""
    newest: dict[tuple[str, str], Publication] = {}
    rows = Publication.objects.newest_first().defer("content", "references", "salts")
    for row in rows[:_LOOKED_AT]:
        newest.setdefault((row.model_label, row.object_id), row)
    went_live = {Cause.PUBLISHED, Cause.SCHEDULED, Cause.UNDONE}
    shown = [row for row in newest.values() if row.is_public and row.path and row.cause in went_live]
    return [
        Line(row.title, str(apps.get_model(row.model_label)._meta.verbose_name), row.path, written_out(row.at))
        for row in shown[:LATELY]
    ]


def _date_warnings() -> dict[tuple[type[DraftStateMixin], str], list[str]]:
    """A warning for each date in a draft that will do nothing, by the model and pk of the object."""
    warnings = defaultdict(list)
    for entry in unscheduled():
        warning = f"{entry.event_label.capitalize()} {entry.when}. {entry.warning}"
        warnings[entry.model, entry.object_id].append(warning)
    return warnings


def _status(draft: DraftStateMixin, state: WorkflowState | None) -> str:
    if draft.scheduled_revision:
        return f"scheduled for {written_out(draft.scheduled_revision.approved_go_live_at)}"
    if state:
        return "in review" if state.status == WorkflowState.STATUS_IN_PROGRESS else "sent back"
    return "public, with changes that are not" if draft.live else "not sent for review"
