"""The review of pages, impact stats and alerts: who may approve, and what a decision needs.

People may not approve their own last edit if the organization's rules forbid it (`approval_rules`).
Sending back needs a comment that says what has to change.
"""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, TaskState

from site_core.fields.text import clean_text, is_visible
from site_core.publishing.approval_rules import (
    ACTION_LABELS,
    ALREADY_DECIDED,
    APPROVE,
    APPROVE_ALONE,
    CHANGE_RULES,
    NO_REASON,
    OWN_EDIT,
    SEND_BACK,
    USED_CHANGED,
    ApprovalRefused,
    edited_last,
    needs_another,
)
from site_core.publishing.publishable import lock_row
from site_core.publishing.review.forms import NoteForm, ReasonForm
from site_core.publishing.review.used_objects import changes_of_used
from site_core.publishing.schedule.rescheduling import date_draft
from site_core.publishing.types import Draftable, User
from site_core.publishing.visibility import is_pk

# What the history says if the last editor approved.
ALONE = "Approved alone"

IN_REVIEW = "This is in review. Until it is approved or sent back, only people who may approve it can edit it."


@dataclass(frozen=True)
class Timing:
    """When an approver has it go live, None for at once."""

    at: datetime | None


class ReviewLock(WorkflowLock):
    """Lets only people who may approve edit an object in review."""

    def get_message(self, user: User) -> str | None:
        return IN_REVIEW if self.for_user(user) else None

    def get_locked_by(self, user: User, can_lock: bool = False) -> str:
        return "In review" if self.for_user(user) else str(super().get_locked_by(user, can_lock))


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by a member of the groups. The rules may demand another person than the last editor."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = "review"
        verbose_name_plural = "reviews"

    def get_actions(self, obj: Draftable, user: User) -> list[tuple[str, str, bool]]:
        actions = [
            (name, ACTION_LABELS[name, has_dialog], has_dialog)
            for name, _, has_dialog in super().get_actions(obj, user)
        ]
        if not actions or not needs_another(user, obj):
            return actions
        others = [action for action in actions if action[0] != APPROVE]
        alone = (APPROVE_ALONE, f"{ACTION_LABELS[APPROVE_ALONE, False]} and Publish", False)
        return [*others, alone] if user.has_perm(CHANGE_RULES) else others

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReasonForm if action == SEND_BACK else NoteForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: object) -> None:
        """Carry out the decision. Raises ApprovalRefused with a sentence for the user.

        With a `timing`, what is approved goes live then, whatever date the draft has. Raises NotPossible.
        """
        obj = task_state.workflow_state.content_object
        lock_row(obj)
        task_state.refresh_from_db(fields=["status"])
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise ApprovalRefused(ALREADY_DECIDED)
        # The decision is about the newest draft, which need not be the one that was submitted.
        obj.refresh_from_db(fields=["latest_revision"])
        task_state.revision = obj.latest_revision
        # The edit view passes on what a script sent, without a form.
        comment = clean_text(str(kwargs.get("comment") or ""), one_line=False).strip()
        if action_name == SEND_BACK:
            if not is_visible(comment):
                raise ApprovalRefused(NO_REASON)
            task_state.reject(user=user, comment=comment)
        else:
            self._require_seen(task_state, str(kwargs.get("seen") or ""))
            # Only our own view passes one: a script can send nothing but text.
            if isinstance(timing := kwargs.get("timing"), Timing):
                task_state.revision = date_draft(task_state.revision, timing.at)
                obj.refresh_from_db(fields=["latest_revision", "go_live_at"])
            self._approve(task_state, user, action_name, comment)

    def _require_seen(self, task_state: TaskState, seen: str) -> None:
        """What the draft shows of others is approved as the review has shown it. Other screens do not show it."""
        changes = changes_of_used(task_state, task_state.revision)
        if unseen := (changes.filter(pk__gt=seen) if is_pk(seen) else changes).first():
            raise ApprovalRefused(USED_CHANGED.format(unseen.title))

    def _approve(self, task_state: TaskState, user: User, action_name: str, comment: str) -> None:
        obj = task_state.workflow_state.content_object
        if action_name == APPROVE and needs_another(user, obj):
            raise ApprovalRefused(OWN_EDIT)
        if action_name not in {name for name, *_ in self.get_actions(obj, user)}:
            raise PermissionDenied
        if edited_last(user, obj):
            comment = f"{ALONE}: {comment}" if comment else f"{ALONE}."
        task_state.approve(user=user, comment=comment)
