"""The dialogs between a button that publishes and what it does: they say when, too, where that is not at once."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.views.pages import workflow as of_pages
from wagtail.models import TaskState
from wagtail.snippets.views import snippets as of_snippets

from site_core.publishing.approval_rules import (
    APPROVE,
    DECIDED,
    NO_REASON,
    OWN_EDIT,
    SEND_BACK,
    ApprovalRefused,
    needs_another,
)
from site_core.publishing.eastern import written_out


def go_live_ahead(draft: Any) -> datetime | None:
    """The time for which publishing this draft schedules it; None where it is public at once."""
    at: datetime | None = getattr(draft, "go_live_at", None)
    return at if at and at > timezone.now() else None


class _WhenMixin:
    """Stands before a dialog of Wagtail's. The template gets `goes_live_at`, "" for at once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view: Any = self
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        at = go_live_ahead(view.object.get_latest_revision_as_object())
        return context | {"goes_live_at": written_out(at) if at else ""}


class _PublishPastReviewMixin(_WhenMixin):
    """Asks whoever publishes what is in review."""

    template_name = "publishing/schedule/publish_past_review.html"


class _DecisionMixin:
    """Raises ApprovalRefused with the reason, where Wagtail's screens redirect without one or do nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = self
        if view.task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise ApprovalRefused(DECIDED)
        if view.action_name == APPROVE and needs_another(request.user, view.object):
            raise ApprovalRefused(OWN_EDIT)
        # With scripts, Wagtail shows the form again with the error in it.
        by_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        without_reason = request.method == "POST" and not request.POST.get("comment", "").strip()
        if view.action_name == SEND_BACK and without_reason and not by_script:
            raise ApprovalRefused(NO_REASON)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class _ApproveMixin(_DecisionMixin, _WhenMixin):
    """Asks for the comment that an approval comes with."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view: Any = self
        context = super().get_context_data(**kwargs)
        if view.action_name == "approve" and view.task_state.workflow_state.is_at_final_task:
            at = context["goes_live_at"]
            context["action_verbose"] += f" and schedule for {at}" if at else " and publish"
        return context


class PublishPastReviewOfPage(_PublishPastReviewMixin, of_pages.ConfirmWorkflowCancellationView):
    """Of a page."""


class PublishPastReviewOfSnippet(_PublishPastReviewMixin, of_snippets.ConfirmWorkflowCancellationView):
    """Of a snippet."""


class ApprovePage(_ApproveMixin, of_pages.CollectWorkflowActionDataView):
    """A page."""


class ApproveSnippet(_ApproveMixin, of_snippets.CollectWorkflowActionDataView):
    """A snippet."""


class DecidePage(_DecisionMixin, of_pages.WorkflowActionView):
    """Decides the review of a page."""


class DecideSnippet(_DecisionMixin, of_snippets.WorkflowActionView):
    """Decides the review of a snippet."""
