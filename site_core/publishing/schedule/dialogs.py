"""The dialogs between a button that publishes and what it does: they say when, too, where that is not at once."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.views.pages import workflow as of_pages
from wagtail.snippets.views import snippets as of_snippets

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


class _ApproveMixin(_WhenMixin):
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
