"""Says “review” where Wagtail's menus and messages say “moderation” and “workflow”."""

from collections.abc import Mapping

from django.contrib.messages import add_message, get_messages
from django.http import HttpRequest
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import DraftStateMixin, WorkflowMixin, WorkflowState

from site_core.publishing.schedule.edit_screen import ChangedItem

SUBMIT, CANCEL_REVIEW, RESTART = "action-submit", "action-cancel-workflow", "action-restart-workflow"
SENT = "“{}” was sent for review. An editor approves it or sends it back."


def reword_review_items(menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]) -> None:
    """Wagtail's hook for action menus.

    Leaves out the item that restarts a review: the author can take it back and send it again.
    """
    obj: DraftStateMixin | None = context.get("page") or context.get("instance")
    state = obj.current_workflow_state if isinstance(obj, WorkflowMixin) and obj.pk else None
    again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    labels = {SUBMIT: "Send for review again" if again else "Send for review", CANCEL_REVIEW: "Take back from review"}
    menu_items[:] = [
        ChangedItem(item, label=labels[item.name]) if item.name in labels else item
        for item in menu_items
        if item.name != RESTART
    ]


def replace_sent_message(request: HttpRequest, obj: DraftStateMixin) -> None:
    """Wagtail's hook after a save. Replaces the last message, which Wagtail has just added."""
    if SUBMIT not in request.POST or not obj.workflow_in_progress:
        return
    for earlier in list(get_messages(request))[:-1]:
        add_message(request, earlier.level, earlier.message, extra_tags=earlier.extra_tags)
    messages.success(request, SENT.format(obj.latest_revision.object_str))
