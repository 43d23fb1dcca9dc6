"""Publishes what a review approved. Wagtail imports this while models are loading, so all imports are local."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from site_core.publishing.types import Actor


def publish_approved(workflow_state: "WorkflowState", user: "Actor" = None) -> None:
    """Publish the newest draft, and merge it into a scheduled update.

    Raises ApprovalRefused if both change the same content. The review then continues.
    """
    from site_core.publishing.approval_rules import ApprovalRefused
    from site_core.publishing.editing.rebase import publish_unless_undecided

    refusal = publish_unless_undecided(workflow_state.content_object, user)
    if refusal:
        raise ApprovalRefused(refusal)
