"""The one review that pages, figures and alerts go through: who may approve, and what has to be said.

Whoever edited last does not approve, where the organization's rules say so (`site_core.publishing.approval_rules`).
What is sent back says what has to be changed.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, TaskState

from site_core.publishing.approval_rules import (
    APPROVE,
    APPROVE_ALONE,
    CHANGE_RULES,
    DECIDED,
    NO_REASON,
    OWN_EDIT,
    SEND_BACK,
    ApprovalRefused,
    edited_last,
    needs_another,
)
from site_core.publishing.publishable import lock_row

# What the history says where whoever approved had also edited last.
ALONE = "Approved alone"

IN_REVIEW = "This is in review. Until it is approved or sent back, only those who may approve it can edit it."
# By action, and by whether it asks for words. Wagtail says “Request changes”.
LABELS = {(SEND_BACK, True): "Send back", (APPROVE, False): "Approve", (APPROVE, True): "Approve with a note"}


class ReasonForm(forms.Form):
    """What has to be changed before it can be approved."""

    comment = forms.CharField(
        label="What has to be changed",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": NO_REASON},
        help_text="The author reads it in the mail and in the admin's home.",
    )


class NoteForm(forms.Form):
    """What an approver wants to say with the approval."""

    comment = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="The author reads it in the mail that says it was approved.",
    )


class ReviewLock(WorkflowLock):
    """While something is in review, only those who may approve it edit it."""

    def get_message(self, user: Any) -> str | None:
        return IN_REVIEW if self.for_user(user) else None

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        return "In review" if self.for_user(user) else str(super().get_locked_by(user, can_lock))


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by anybody in the groups, but not by whoever edited last, where the rules ask for another."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = "review"
        verbose_name_plural = "reviews"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions = [(name, LABELS[name, asks], asks) for name, _, asks in super().get_actions(obj, user)]
        if not actions or not needs_another(user, obj):
            return actions
        others = [action for action in actions if action[0] != APPROVE]
        return (
            [*others, (APPROVE_ALONE, "Approve alone and Publish", False)] if user.has_perm(CHANGE_RULES) else others
        )

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReasonForm if action == SEND_BACK else NoteForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Decide, as the database stands now. Raises ApprovalRefused with a sentence."""
        obj = task_state.workflow_state.content_object
        lock_row(obj)
        task_state.refresh_from_db(fields=["status"])
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise ApprovalRefused(DECIDED)
        comment = str(kwargs.get("comment") or "").strip()
        if action_name == SEND_BACK:
            if not comment:
                raise ApprovalRefused(NO_REASON)
            task_state.reject(user=user, comment=comment)
        else:
            self._approve(task_state, user, action_name, comment)

    def _approve(self, task_state: TaskState, user: Any, action_name: str, comment: str) -> None:
        obj = task_state.workflow_state.content_object
        if action_name == APPROVE and needs_another(user, obj):
            raise ApprovalRefused(OWN_EDIT)
        if action_name not in {name for name, *_ in self.get_actions(obj, user)}:
            raise PermissionDenied
        if edited_last(user, obj):
            comment = f"{ALONE}: {comment}" if comment else f"{ALONE}."
        task_state.approve(user=user, comment=comment)
