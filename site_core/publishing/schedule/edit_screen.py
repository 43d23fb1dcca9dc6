"""The schedule on the edit views: a warning about dates that do nothing, and the labels of the publish buttons."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.action_menu import PublishMenuItem as PagePublishItem
from wagtail.admin.action_menu import WorkflowMenuItem as PageWorkflowItem
from wagtail.admin.ui.components import Component
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.action_menu import PublishMenuItem as SnippetPublishItem
from wagtail.snippets.action_menu import WorkflowMenuItem as SnippetWorkflowItem

from site_core.publishing.approval_rules import ACTION_LABELS, APPROVE, APPROVE_ALONE
from site_core.publishing.eastern import in_utc, until, written_out
from site_core.publishing.schedule.dialogs import future_go_live
from site_core.publishing.schedule.queries import dated_but_unscheduled

PUBLISH = "action-publish"


def add_unscheduled_messages(request: HttpRequest, obj: DraftStateMixin) -> None:
    """Wagtail's hook before an edit. Warns about each date in the draft that will do nothing."""
    if request.method != "GET" or not isinstance(obj, DraftStateMixin):
        return
    for entry in dated_but_unscheduled(obj):
        messages.error(request, f"{entry.event_label.capitalize()} {entry.when} ({entry.in_utc}). {entry.warning}")


class _PublishMixin(Component):
    """A button that publishes. Its label says when, if that is later."""

    template_name = "publishing/schedule/publish_button.html"

    def get_context_data(self, parent_context: Mapping[str, DraftStateMixin]) -> dict[str, object]:
        context = super().get_context_data(parent_context)
        obj = parent_context.get("page") or parent_context.get("instance")
        at = obj and future_go_live(obj)
        context["is_revision"] = parent_context["view"] == "revisions_revert"
        context["schedules"] = at and {"when": written_out(at), "utc": in_utc(at), "until": until(at)}
        return context


class PagePublishButton(_PublishMixin, PagePublishItem):
    """On the edit views of pages."""


class SnippetPublishButton(_PublishMixin, SnippetPublishItem):
    """On the edit views of snippets."""


class _ApproveMixin(_PublishMixin):
    """A button that approves and publishes."""

    template_name = "publishing/schedule/approve_button.html"

    def get_context_data(self, parent_context: Mapping[str, DraftStateMixin]) -> dict[str, object]:
        context = super().get_context_data(parent_context)
        context["approve"] = ACTION_LABELS[self.name, self.launch_modal]
        return context


class PageApproveButton(_ApproveMixin, PageWorkflowItem):
    """On the edit views of pages."""

    def get_url(self, parent_context: Mapping[str, Page]) -> str:
        page = parent_context["page"]
        state = page.current_workflow_task_state
        return reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, self.name, state.pk])


class SnippetApproveButton(_ApproveMixin, SnippetWorkflowItem):
    """On the edit views of snippets."""


def replace_page_buttons(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]
) -> None:
    """Wagtail's hook for the action menu of pages. Replaces items, because all requests share them."""
    menu_items[:] = [_replaced(item, PagePublishButton, PageApproveButton) for item in menu_items]


def replace_snippet_buttons(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]
) -> None:
    """The same for snippets."""
    menu_items[:] = [_replaced(item, SnippetPublishButton, SnippetApproveButton) for item in menu_items]


def _replaced(
    item: ActionMenuItem, publish_button: type[_PublishMixin], approve_button: type[_ApproveMixin]
) -> ActionMenuItem:
    if item.name == PUBLISH:
        return publish_button(order=item.order)
    # Wagtail extends the label if this approval is the last one needed, and so publishes.
    if item.name in (APPROVE, APPROVE_ALONE) and item.label != ACTION_LABELS[item.name, item.launch_modal]:
        return approve_button(item.name, item.label, item.launch_modal, icon_name=item.icon_name, order=item.order)
    return item


def schedule_script() -> str:
    """Wagtail's hook `insert_editor_js`. The script updates the labels while a date is typed."""
    return format_html('<script src="{}" defer></script>', static("publishing/schedule.js"))
