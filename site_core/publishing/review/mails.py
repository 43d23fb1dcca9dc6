"""Mails about reviews: only to those who have something to do, and only once the change itself is committed.

Wagtail writes and sends them, by its own choices for each person; the words are in `wagtailadmin/notifications/`.
"""

from functools import partial
from typing import Any

from django.conf import settings
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

from site_core.publishing.approval_rules import APPROVE, APPROVE_ALONE
from site_core.publishing.eastern import written_out
from site_core.publishing.review.content_diff import changes_between
from site_core.publishing.visibility import path_of


class AfterCommit(EmailNotificationMixin):
    """Stands before a notifier of Wagtail: a mail of something that is rolled back is never sent."""

    def __call__(self, instance: Any = None, **kwargs: Any) -> None:
        transaction.on_commit(partial(super().__call__, instance, **kwargs), robust=True)

    def get_context(self, instance: Any, **kwargs: Any) -> dict[str, Any]:
        """What every mail of a review says: which kind of object, its title, when it was edited, and where to look."""
        context: dict[str, Any] = super().get_context(instance, **kwargs)
        state = instance if isinstance(instance, TaskState) else instance.current_task_state
        stored = context.get("page") or context["object"]
        # Read anew: Wagtail's copy is from before the decision was carried out.
        obj = type(stored)._base_manager.get(pk=stored.pk)
        return context | {
            "obj": obj,
            "kind": str(obj._meta.verbose_name),
            "title": state.revision.object_str,
            "edited_by": state.revision.user,
            "edited_at": written_out(state.revision.created_at),
            "requested_by": state.workflow_state.requested_by,
            "review_url": settings.WAGTAILADMIN_BASE_URL + reverse("review", args=[state.pk]),
        }


class ReviewAsked(AfterCommit, GroupApprovalTaskStateSubmissionEmailNotifier):
    """To those who may approve: neither who asked nor, where the rules want another, who edited last."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> set[Any]:
        task, obj = task_state.task.specific, task_state.workflow_state.content_object
        in_groups = super().get_recipient_users(task_state, **kwargs)
        return {
            person
            for person in in_groups.exclude(pk=task_state.workflow_state.requested_by_id).distinct()
            if {APPROVE, APPROVE_ALONE} & {name for name, *_ in task.get_actions(obj, person)}
        }

    def get_context(self, instance: TaskState, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(instance, **kwargs)
        public = context["obj"].live_revision if context["obj"].live else None
        changes = changes_between(public, instance.revision) if public else []
        return context | {"changed": ", ".join(change.label for change in changes)}


class ReviewApproved(AfterCommit, WorkflowStateApprovalEmailNotifier):
    """To whoever asked, unless they approved it themselves."""

    def get_context(self, instance: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(instance, **kwargs)
        obj = context["obj"]
        scheduled, path = obj.scheduled_revision, path_of(obj)
        return context | {
            "note": instance.current_task_state.comment,
            "goes_live_at": written_out(scheduled.approved_go_live_at) if scheduled else "",
            "edit_live_url": settings.WAGTAILADMIN_BASE_URL + path if path and not scheduled else "",
        }


class SentBack(AfterCommit, WorkflowStateRejectionEmailNotifier):
    """To whoever asked, with the reason."""


def connect() -> None:
    """Listen for reviews under the names of Wagtail's own listeners, which then do not come beside ours.

    Called when the apps are loaded, before Wagtail's own.
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
