"""The list of failed events on the admin home page, and the page that tries one again."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, PageLogEntry

from site_core.admin.refusal import refuse
from site_core.publishing.permissions import may_publish, may_publish_pages
from site_core.publishing.runner.clock import read_clock
from site_core.publishing.runner.due import Outcome, attempt
from site_core.publishing.runner.execution import CANCELED
from site_core.publishing.runner.failures import FailedEvent, delete_failure, open_failures
from site_core.publishing.types import User


class FailuresPanel(Component):
    """The panel for people who may fix the failures. Empty if there are none."""

    name = "failures"
    template_name = "publishing/failures_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, HttpRequest]) -> dict[str, object]:
        request = parent_context["request"]
        failures = open_failures(timezone.now())
        return {
            "failures": [
                (failed, _edit_url(failed, request.user)) for failed in failures if _may_try(request.user, failed)
            ],
            "csrf_token": get_token(request),
        }


@hooks.register("construct_homepage_panels")
def show_failures(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(FailuresPanel())


def try_now(request: HttpRequest, number: int) -> HttpResponse:
    """Show what failed and why. On POST, try it at once and say how that went."""
    failed = get_object_or_404(FailedEvent, pk=number)
    if not _may_try(request.user, failed):
        return refuse(request, "Only someone who may publish this can try it again.")
    if request.method != "POST":
        return render(
            request, "publishing/try_now.html", {"failed": failed, "edit_url": _edit_url(failed, request.user)}
        )
    # The runner may be doing the same. The object's row is locked, so the second one finds nothing due.
    outcome = Outcome()
    if attempt(failed.event, read_clock().now, outcome):
        delete_failure(failed.event)
    if outcome.failed:
        reason = outcome.failed[0].reason
        # Not an error message: Wagtail adds a link to the first error in a form to those.
        messages.warning(request, f"“{failed.title}” still could not {failed.what_was_to_happen}. {reason}")
    elif outcome.canceled:
        messages.warning(request, f"The schedule of “{failed.title}” was canceled. Its history says why.")
    elif outcome.done:
        messages.success(request, f"Done: {_SUCCESS[failed.change].format(failed.title)}")
    else:
        messages.warning(
            request, f"“{failed.title}” is no longer due, or is being saved right now. Look again in a moment."
        )
    return redirect("wagtailadmin_home")


@hooks.register("register_log_actions")
def register_cancellation(actions: LogActionRegistry) -> None:
    """Adds the entry of the history for a schedule that the runner canceled."""
    actions.register_action(CANCELED)(CanceledFormatter)


class CanceledFormatter(LogFormatter):
    """Shows the reason stored in the log entry."""

    label = "Cancel a schedule that no longer applies"

    def format_message(self, log_entry: PageLogEntry | ModelLogEntry) -> str:
        return str(log_entry.data.get("sentence", self.label))


# By Change.
_SUCCESS = ("“{}” is public now.", "“{}” has been taken down.", "“{}” now says that its check is overdue.")


def _may_try(user: User, failed: FailedEvent) -> bool:
    """Whether the user may publish the object, or any page if the object is deleted."""
    obj = failed.obj()
    return may_publish(user, obj) if obj else may_publish_pages(user)


def _edit_url(failed: FailedEvent, user: User) -> str:
    obj = failed.obj()
    return (AdminURLFinder(user).get_edit_url(obj) if obj else None) or ""
