"""The dialogs before an object in review is published, approved or sent back. They say when it is published."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.pages import workflow as page_views
from wagtail.models import DraftStateMixin, TaskState
from wagtail.snippets.views import snippets as snippet_views

from site_core.publishing.approval_rules import (
    ALREADY_DECIDED,
    APPROVE,
    EDITED_MEANWHILE,
    NO_REASON,
    OWN_EDIT,
    SEND_BACK,
    ApprovalRefused,
    needs_another,
)
from site_core.publishing.eastern import written_out
from site_core.publishing.publishable import lock_row


def future_go_live(draft: DraftStateMixin) -> datetime | None:
    """When publishing this draft schedules it for, None if publishing makes it public at once."""
    at: datetime | None = getattr(draft, "go_live_at", None)
    return at if at and at > timezone.now() else None


class _GoLiveMixin(BaseObjectMixin):
    """Goes before Wagtail's dialogs. Adds `goes_live_at` to the context, "" for at once."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        at = future_go_live(self.object.get_latest_revision_as_object())
        return context | {"goes_live_at": written_out(at) if at else ""}


class _PublishPastReviewMixin(_GoLiveMixin):
    """Asks for confirmation before an object in review is published."""

    template_name = "publishing/schedule/publish_past_review.html"


class _DecisionMixin(BaseObjectMixin):
    """Raises ApprovalRefused with a reason where Wagtail's views redirect without one or do nothing."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise ApprovalRefused(ALREADY_DECIDED)
        if self.action_name == APPROVE and needs_another(request.user, self.object):
            raise ApprovalRefused(OWN_EDIT)
        # A script shows the form again with its error.
        by_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        without_reason = request.method == "POST" and not request.POST.get("comment", "").strip()
        if self.action_name == SEND_BACK and without_reason and not by_script:
            raise ApprovalRefused(NO_REASON)
        return super().dispatch(request, *args, **kwargs)


class _ApproveMixin(_DecisionMixin, _GoLiveMixin):
    """Asks for the comment on an approval."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if self.action_name == APPROVE and self.task_state.workflow_state.is_at_final_task:
            at = context["goes_live_at"]
            suffix = f"schedule for {at}" if at else "publish"
            context["action_verbose"] = f"{context['action_verbose']} and {suffix}"
        return context


class _DecideMixin(_DecisionMixin):
    """Approves only what was shown: the revision that the request names, or else the one last shown in the review."""

    @transaction.atomic
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        lock_row(self.object)
        return super().dispatch(request, *args, **kwargs)

    def check_action(self) -> None:
        super().check_action()
        self.object.refresh_from_db(fields=["latest_revision"])
        shown = self.request.POST.get("revision", str(self.task_state.revision_id))
        if self.action_name != SEND_BACK and shown != str(self.object.latest_revision_id):
            raise ApprovalRefused(EDITED_MEANWHILE)


class PublishPastReviewOfPage(_PublishPastReviewMixin, page_views.ConfirmWorkflowCancellationView):
    """For pages."""


class PublishPastReviewOfSnippet(_PublishPastReviewMixin, snippet_views.ConfirmWorkflowCancellationView):
    """For snippets."""


class ApprovePage(_ApproveMixin, page_views.CollectWorkflowActionDataView):
    """For pages."""


class ApproveSnippet(_ApproveMixin, snippet_views.CollectWorkflowActionDataView):
    """For snippets."""


class DecidePage(_DecideMixin, page_views.WorkflowActionView):
    """Decides the review of a page."""


class DecideSnippet(_DecideMixin, snippet_views.WorkflowActionView):
    """Decides the review of a snippet."""
