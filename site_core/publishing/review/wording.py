"""Says “review” where Wagtail's menus and messages say “moderation” and “workflow”."""

from collections.abc import Mapping
from copy import copy

from django.contrib.messages import add_message, get_messages
from django.http import HttpRequest
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.action_menu import SubmitForModerationMenuItem as PageSubmitItem
from wagtail.admin.ui.components import Component
from wagtail.models import DraftStateMixin, WorkflowState
from wagtail.snippets.action_menu import SubmitForModerationMenuItem as SnippetSubmitItem

SUBMIT, CANCEL_REVIEW, RESTART = "action-submit", "action-cancel-workflow", "action-restart-workflow"
SENT = "“{}” was sent for review. An editor approves it or sends it back."


class _SendForReviewMixin(Component):
    """The button that sends a draft for review, or sends it again after it was sent back."""

    def get_context_data(self, parent_context: Mapping[str, DraftStateMixin]) -> dict[str, object]:
        context = super().get_context_data(parent_context)
        obj = parent_context.get("page") or parent_context.get("instance")
        state = obj.current_workflow_state if obj and obj.pk else None
        again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = "Send for review again" if again else "Send for review"
        return context


class PageSendItem(_SendForReviewMixin, PageSubmitItem):
    """On the edit views of pages."""


class SnippetSendItem(_SendForReviewMixin, SnippetSubmitItem):
    """On the edit views of snippets."""


def reword_review_items(menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]) -> None:
    """Wagtail's hook for action menus. Replaces items, because all requests share them.

    Leaves out the item that restarts a review: the author can take it back and send it again.
    """
    menu_items[:] = [_reworded(item) for item in menu_items if item.name != RESTART]


def _reworded(item: ActionMenuItem) -> ActionMenuItem:
    if item.name == SUBMIT:
        send_item = PageSendItem if isinstance(item, PageSubmitItem) else SnippetSendItem
        return send_item(order=item.order)
    if item.name == CANCEL_REVIEW:
        item = copy(item)
        item.label = "Take back from review"
    return item


def replace_sent_message(request: HttpRequest, obj: DraftStateMixin) -> None:
    """Wagtail's hook after a save. Replaces the last message, which Wagtail has just added."""
    if SUBMIT not in request.POST or not obj.workflow_in_progress:
        return
    for earlier in list(get_messages(request))[:-1]:
        add_message(request, earlier.level, earlier.message, extra_tags=earlier.extra_tags)
    messages.success(request, SENT.format(obj.latest_revision.object_str))
