"""Publishes what a review approved. Wagtail imports this while models are loading, so all imports are local."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from site_core.publishing.types import Actor


def publish_approved(workflow_state: "WorkflowState", user: "Actor" = None) -> None:
    """Publish the newest draft, and merge it into a scheduled update.

    Raises ApprovalRefused if both change the same content, or if a check keeps the draft from going live. The review
    then continues.
    """
    from django.core.exceptions import ValidationError

    from site_core.publishing.approval_rules import ApprovalRefused
    from site_core.publishing.editing.rebase import publish_unless_undecided
    from site_core.publishing.runner.failure_reasons import labeled_messages

    draft = workflow_state.content_object
    try:
        refusal = publish_unless_undecided(draft, user)
    except ValidationError as error:
        refusal = f"“{draft}” cannot be published yet. {' '.join(labeled_messages(error, draft))}"
    if refusal:
        raise ApprovalRefused(refusal)
