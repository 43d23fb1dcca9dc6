"""Says “review” where Wagtail's menus and messages say “moderation” and “workflow”."""

from typing import Any

from django.contrib.messages import add_message, get_messages
from django.http import HttpRequest
from wagtail.admin import messages
from wagtail.admin.action_menu import SubmitForModerationMenuItem as PageSubmitItem
from wagtail.models import WorkflowState
from wagtail.snippets.action_menu import SubmitForModerationMenuItem as SnippetSubmitItem

SEND, TAKE_BACK, RESTART = "action-submit", "action-cancel-workflow", "action-restart-workflow"
SENT = "“{}” was sent for review. An editor approves it or sends it back."


class _SendsForReview:
    """The button that sends a draft for review, also once more after it was sent back."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)  # type: ignore[misc]
        obj = parent_context.get("page") or parent_context.get("instance")
        state = obj.current_workflow_state if obj and obj.pk else None
        again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = "Send for review again" if again else "Send for review"
        return context


class PageSendItem(_SendsForReview, PageSubmitItem):
    """On the edit screens of pages."""


class SnippetSendItem(_SendsForReview, SnippetSubmitItem):
    """On the edit screens of snippets."""


def review_in_plain_words(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's hook. Items that belong to all requests are exchanged, not changed.

    Starting a review anew is left out: whoever sent something takes it back and sends it again.
    """
    menu_items[:] = [_in_plain_words(item) for item in menu_items if item.name != RESTART]


def _in_plain_words(item: Any) -> Any:
    ours = {PageSubmitItem: PageSendItem, SnippetSubmitItem: SnippetSendItem}
    if type(item) in ours:
        return ours[type(item)](order=item.order)
    if item.name == TAKE_BACK:
        item = type(item)(order=item.order)
        item.label = "Take back from review"
    return item


def add_sent_message(request: HttpRequest, obj: Any) -> None:
    """Wagtail's hook, run after its own message was queued: the last one, which is exchanged."""
    if SEND not in request.POST or not obj.workflow_in_progress:
        return
    for former in list(get_messages(request))[:-1]:
        add_message(request, former.level, former.message, extra_tags=former.extra_tags)
    messages.success(request, SENT.format(obj.latest_revision.object_str))
