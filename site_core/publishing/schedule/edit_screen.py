"""What the edit screens say of the schedule: the red strip over a dated draft, and the words of what publishes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.action_menu import PublishMenuItem as PagePublishItem
from wagtail.admin.action_menu import WorkflowMenuItem as PageWorkflowItem
from wagtail.models import DraftStateMixin
from wagtail.snippets.action_menu import PublishMenuItem as SnippetPublishItem
from wagtail.snippets.action_menu import WorkflowMenuItem as SnippetWorkflowItem

from site_core.publishing.eastern import in_utc, until, written_out
from site_core.publishing.schedule.dialogs import go_live_ahead
from site_core.publishing.schedule.queries import dated_but_unscheduled

# What Wagtail adds to the name of an approval that is the last one needed.
AND_PUBLISH = " and Publish"


def add_unscheduled_message(request: HttpRequest, obj: Any) -> None:
    """On top of the edit screen, each date of its draft that will do nothing."""
    if request.method != "GET" or not isinstance(obj, DraftStateMixin):
        return
    for entry in dated_but_unscheduled(obj):
        messages.error(request, f"{entry.says.capitalize()} {entry.when} ({entry.in_utc}). {entry.warning}")


class _PublishWhen:
    """A button that publishes says when, where that is not at once."""

    template_name = "publishing/schedule/publish_button.html"

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)  # type: ignore[misc]
        obj = parent_context.get("page") or parent_context.get("instance")
        ahead = obj and go_live_ahead(obj)
        context["is_revision"] = parent_context["view"] == "revisions_revert"
        context["schedules"] = ahead and {"when": written_out(ahead), "utc": in_utc(ahead), "until": until(ahead)}
        return context


class PagePublishButton(_PublishWhen, PagePublishItem):
    """On the edit screens of pages."""


class SnippetPublishButton(_PublishWhen, SnippetPublishItem):
    """On the edit screens of snippets."""


class _ApprovesAndPublishes(_PublishWhen):
    """Wagtail's button for an approval that publishes, too."""

    template_name = "publishing/schedule/approve_button.html"

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        context["approve"] = context["label"].removesuffix(AND_PUBLISH)
        return context


class PageApproveButton(_ApprovesAndPublishes, PageWorkflowItem):
    """On the edit screens of pages."""

    def get_url(self, parent_context: Any) -> str:
        page = parent_context["page"]
        state = page.current_workflow_task_state
        return reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, self.name, state.pk])


class SnippetApproveButton(_ApprovesAndPublishes, SnippetWorkflowItem):
    """On the edit screens of snippets."""


def name_publish_button_for_schedule(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Put ours in the place of Wagtail's. The items belong to all requests, so none is changed."""
    menu_items[:] = [_ours(item) for item in menu_items]


def _ours(item: Any) -> Any:
    if type(item) is PagePublishItem:
        return PagePublishButton(order=item.order)
    if type(item) is SnippetPublishItem:
        return SnippetPublishButton(order=item.order)
    if type(item) in (PageWorkflowItem, SnippetWorkflowItem) and item.label.endswith(AND_PUBLISH):
        ours = PageApproveButton if type(item) is PageWorkflowItem else SnippetApproveButton
        return ours(item.name, item.label, item.launch_modal, icon_name=item.icon_name, order=item.order)
    return item


def publish_button_script() -> str:
    """Lets what publishes follow the date while it is typed."""
    return format_html('<script src="{}" defer></script>', static("publishing/schedule.js"))
