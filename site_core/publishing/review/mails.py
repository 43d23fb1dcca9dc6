"""Emails about reviews: only to people who have something to do, and only after the change is committed.

Wagtail sends them, according to each user's notification preferences. The templates are in
`wagtailadmin/notifications/`.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.urls import reverse
from wagtail.admin.mail import (
    EmailNotificationMixin,
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from site_core.fields.text import clean_text
from site_core.publishing.approval_rules import APPROVE, APPROVE_ALONE
from site_core.publishing.differences.content_diff import changes_between
from site_core.publishing.eastern import written_out
from site_core.publishing.visibility import path_of


class AfterCommit(EmailNotificationMixin):
    """Goes before a notifier of Wagtail. Sends nothing if the transaction is rolled back."""

    def __call__(self, instance: TaskState | WorkflowState = None, **kwargs: object) -> None:
        send = super().__call__
        # Django cannot log the failure of a partial.
        transaction.on_commit(lambda: send(instance, **kwargs), robust=True)

    def get_context(self, instance: TaskState | WorkflowState, **kwargs: object) -> dict[str, Any]:
        """The context of all three emails."""
        context: dict[str, Any] = super().get_context(instance, **kwargs)
        state = instance if isinstance(instance, TaskState) else instance.current_task_state
        stored = context.get("page") or context["object"]
        # Wagtail loaded its copy before the decision was carried out.
        obj = type(stored)._base_manager.get(pk=stored.pk)
        return context | {
            "obj": obj,
            "kind": str(obj._meta.verbose_name),
            # The subject has one line. A title that no form has cleaned may have several.
            "title": clean_text(state.revision.object_str, one_line=True),
            "edited_by": state.revision.user,
            "edited_at": written_out(state.revision.created_at),
            "requested_by": state.workflow_state.requested_by,
            "review_url": settings.WAGTAILADMIN_BASE_URL + reverse("review", args=[state.pk]),
        }


class ReviewAsked(AfterCommit, GroupApprovalTaskStateSubmissionEmailNotifier):
    """To people who may approve, except the author, and except the last editor if the rules demand another person."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: object) -> set[AbstractUser]:
        task, obj = task_state.task.specific, task_state.workflow_state.content_object
        members = super().get_recipient_users(task_state, **kwargs)
        return {
            user
            for user in members.exclude(pk=task_state.workflow_state.requested_by_id).distinct()
            if {APPROVE, APPROVE_ALONE} & {name for name, *_ in task.get_actions(obj, user)}
        }

    def get_context(self, instance: TaskState, **kwargs: object) -> dict[str, Any]:
        context = super().get_context(instance, **kwargs)
        public = context["obj"].live_revision if context["obj"].live else None
        changes = changes_between(public, instance.revision) if public else []
        return context | {"changed": ", ".join(change.label for change in changes)}


class ReviewApproved(AfterCommit, WorkflowStateApprovalEmailNotifier):
    """To the author, unless they approved it themselves."""

    def get_context(self, instance: WorkflowState, **kwargs: object) -> dict[str, Any]:
        context = super().get_context(instance, **kwargs)
        obj = context["obj"]
        scheduled, path = obj.scheduled_revision, path_of(obj)
        return context | {
            "note": instance.current_task_state.comment,
            "goes_live_at": written_out(scheduled.approved_go_live_at) if scheduled else "",
            "edit_live_url": settings.WAGTAILADMIN_BASE_URL + path if path and not scheduled else "",
        }


class SentBack(AfterCommit, WorkflowStateRejectionEmailNotifier):
    """To the author, with the reason."""


def connect() -> None:
    """Connect these notifiers under the `dispatch_uid` of Wagtail's, so that Wagtail's are not connected.

    Called when the app is ready, before Wagtail's admin app.
    """
    task_submitted.connect(
        ReviewAsked(), sender=TaskState, weak=False, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    workflow_rejected.connect(
        SentBack(), sender=WorkflowState, weak=False, dispatch_uid="workflow_state_rejected_email_notification"
    )
    workflow_approved.connect(
        ReviewApproved(), sender=WorkflowState, weak=False, dispatch_uid="workflow_state_approved_email_notification"
    )
