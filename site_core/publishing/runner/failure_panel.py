"""The admin's list of what could not be carried out, with a way to try it now."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import written_out
from site_core.publishing.permissions import may_publish, may_publish_pages
from site_core.publishing.runner.due import Outcome, attempt
from site_core.publishing.runner.execution import CANCELED
from site_core.publishing.runner.failures import FailedEvent, forget_failure, next_try_of, open_failures


class FailuresPanel(Component):
    """In the admin's home, in red, for whoever may mend it. Nothing at all where nothing has failed."""

    name = "failures"
    template_name = "publishing/failures_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        failures = open_failures(timezone.now())
        return {
            "failures": [_described(failed, request.user) for failed in failures if _may_try(request.user, failed)],
            "csrf_token": get_token(request),
        }


@hooks.register("construct_homepage_panels")
def show_failures(request: HttpRequest, panels: list[Any]) -> None:
    """First in the admin's home."""
    panels.append(FailuresPanel())


def try_now(request: HttpRequest, number: int) -> HttpResponse:
    """Show what failed and why; on POST carry it out at once, and say what came of it."""
    failed = get_object_or_404(FailedEvent, pk=number)
    if not _may_try(request.user, failed):
        return refuse(request, "Only somebody who may publish this can try it again.")
    if request.method != "POST":
        return render(request, "publishing/try_now.html", {"failure": _described(failed, request.user)})
    # The runner may be at work meanwhile: the object's row is locked, so whoever comes second finds nothing due.
    outcome = Outcome()
    if attempt(failed.event, timezone.now(), outcome):
        forget_failure(failed.event)
    if outcome.failed:
        reason = outcome.failed[0].reason
        # No error: beside one, Wagtail offers to go to the first mistake in a form, and here is none.
        messages.warning(request, f"“{failed.title}” still could not {failed.what_was_to_happen}. {reason}")
    elif outcome.canceled:
        messages.warning(request, f"The schedule of “{failed.title}” has been ended. Its history says why.")
    elif outcome.done:
        messages.success(request, f"Done: {_SUCCESS[failed.change].format(failed.title)}")
    else:
        messages.warning(
            request, f"“{failed.title}” is not due any more, or is being saved right now. Look again in a time."
        )
    return redirect("wagtailadmin_home")


def failure_urls() -> list[URLPattern]:
    """The addresses below /admin/."""
    return [path("publishing/failures/<int:number>/", try_now, name="try_failed_event")]


@hooks.register("register_log_actions")
def words_of_history(actions: Any) -> None:
    """How an object's history says that the runner ended a schedule."""
    actions.register_action(CANCELED)(CanceledFormatter)


class CanceledFormatter(LogFormatter):
    """The sentence that was written when it happened."""

    label = "End a schedule that has no point any more"

    def format_message(self, log_entry: Any) -> str:
        return str(log_entry.data.get("sentence", self.label))


_SUCCESS = ("“{}” is public now.", "“{}” has been taken down.", "“{}” now says that its check is overdue.")


def _may_try(user: Any, failed: FailedEvent) -> bool:
    """Permission to publish that very object; of one that is gone, any page."""
    obj = failed.obj()
    return may_publish(user, obj) if obj else may_publish_pages(user)


def _described(failed: FailedEvent, user: Any) -> dict[str, Any]:
    return {
        "failed": failed,
        "due": written_out(failed.due_at),
        "next_try": next_try_of(failed),
        "edit_url": AdminURLFinder(user).get_edit_url(obj) if (obj := failed.obj()) else None,
    }
