"""Refuses decisions that the rules forbid, with a reason.

Wagtail's views would redirect to the admin home page without a reason, or do nothing.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import DraftStateMixin

from site_core.admin.refusal import refuse
from site_core.publishing.approval_rules import (
    APPROVE,
    OWN_EDIT,
    ApprovalRefused,
    needs_another,
    rule_applies_to,
)
from site_core.publishing.types import Draftable


class ApprovalRefusedMiddleware:
    """Answers an ApprovalRefused from any view with a page that shows its message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, str(exception)) if isinstance(exception, ApprovalRefused) else None


def refuse_own_approval(request: HttpRequest, obj: Draftable) -> None:
    """Wagtail's hook after an edit. If the user may no longer approve, Wagtail's form only saves and says nothing."""
    tried = bool(request.POST.get("action-workflow-action")) and request.POST.get("workflow-action-name") == APPROVE
    if tried and getattr(obj, "workflow_in_progress", False) and needs_another(request.user, obj):
        raise ApprovalRefused(OWN_EDIT)


def hide_publish_in_review(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, DraftStateMixin]
) -> None:
    """Wagtail's hook for action menus. “Publish” would make the user the last editor, who may not approve."""
    obj = context.get("page") or context.get("instance")
    if obj and getattr(obj, "workflow_in_progress", False) and rule_applies_to(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
