"""Says in a sentence why a review cannot be decided, wherever in the admin somebody tries.

Wagtail's own screens would redirect to the home of the admin without a reason, or do nothing.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from site_core.admin.refusal import refuse
from site_core.publishing.approval_rules import (
    APPROVE,
    OWN_EDIT,
    ApprovalRefused,
    needs_another,
    refuse_to_pass_by_the_review,
    rule_holds_for,
)


class ApprovalRefusedMiddleware:
    """Answers ApprovalRefused, from whichever view, with a page that holds its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, str(exception)) if isinstance(exception, ApprovalRefused) else None


def stop_before_publishing(request: HttpRequest, obj: Any) -> None:
    """Wagtail's hook: pressing “Publish” on what is in review would pass the review by."""
    refuse_to_pass_by_the_review(request.user, obj)


def refuse_own_approval(request: HttpRequest, obj: Any) -> None:
    """Wagtail's hook: where approving is not allowed any more, Wagtail's form merely saves and says nothing."""
    tried = bool(request.POST.get("action-workflow-action")) and request.POST.get("workflow-action-name") == APPROVE
    if tried and getattr(obj, "workflow_in_progress", False) and needs_another(request.user, obj):
        raise ApprovalRefused(OWN_EDIT)


def offer_no_way_past_the_review(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's hook: in review, “Publish” would make its presser the last editor, who may not approve."""
    obj = context.get("page") or context.get("instance")
    if obj and getattr(obj, "workflow_in_progress", False) and rule_holds_for(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
