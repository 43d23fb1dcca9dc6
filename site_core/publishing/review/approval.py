"""The review of pages, impact stats and alerts: who may approve, and what a decision needs.

People may not approve their own last edit if the organization's rules forbid it (`approval_rules`).
Sending back needs a comment that says what has to change.
"""

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
    ApprovalRefused,
    edited_last,
    needs_another,
)
from site_core.publishing.publishable import lock_row
from site_core.publishing.types import Draftable, User

# What the history says if the last editor approved.
ALONE = "Approved alone"

IN_REVIEW = "This is in review. Until it is approved or sent back, only people who may approve it can edit it."


class ReasonForm(forms.Form):
    """What has to change before this can be approved."""

    comment = forms.CharField(
        label="What has to be changed",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": NO_REASON},
        help_text="The author reads this in the email and on the admin home page.",
    )


class NoteForm(forms.Form):
    """An approver's note to the author."""

    comment = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="The author reads this in the email about the approval.",
    )


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
        """Carry out the decision. Raises ApprovalRefused with a sentence for the user."""
        obj = task_state.workflow_state.content_object
        lock_row(obj)
        task_state.refresh_from_db(fields=["status"])
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise ApprovalRefused(ALREADY_DECIDED)
        # The edit view passes on what a script sent, without a form.
        comment = clean_text(str(kwargs.get("comment") or ""), one_line=False).strip()
        if action_name == SEND_BACK:
            if not is_visible(comment):
                raise ApprovalRefused(NO_REASON)
            task_state.reject(user=user, comment=comment)
        else:
            self._approve(task_state, user, action_name, comment)

    def _approve(self, task_state: TaskState, user: User, action_name: str, comment: str) -> None:
        obj = task_state.workflow_state.content_object
        if action_name == APPROVE and needs_another(user, obj):
            raise ApprovalRefused(OWN_EDIT)
        if action_name not in {name for name, *_ in self.get_actions(obj, user)}:
            raise PermissionDenied
        if edited_last(user, obj):
            comment = f"{ALONE}: {comment}" if comment else f"{ALONE}."
        task_state.approve(user=user, comment=comment)
