"""What a review ends with. Wagtail imports this while its own models are still being made, so nothing stands above."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the newest draft. A scheduled update takes the change in.

    Raises ApprovalRefused where both change the same: then the review goes on.
    """
    from site_core.publishing.approval_rules import ApprovalRefused
    from site_core.publishing.editing.rebase import publish_unless_undecided

    refusal = publish_unless_undecided(workflow_state.content_object, user)
    if refusal:
        raise ApprovalRefused(refusal)
