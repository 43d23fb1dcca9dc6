"""The schedule on the edit views: a warning about dates that do nothing, and the labels of the publish buttons."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import DraftStateMixin, Page

from site_core.publishing.approval_rules import ACTION_LABELS, APPROVE, APPROVE_ALONE
from site_core.publishing.eastern import in_utc, until, written_out
from site_core.publishing.schedule.dialogs import future_go_live
from site_core.publishing.schedule.queries import dated_but_unscheduled

PUBLISH = "action-publish"
PUBLISH_BUTTON = "publishing/schedule/publish_button.html"
APPROVE_BUTTON = "publishing/schedule/approve_button.html"


def add_unscheduled_messages(request: HttpRequest, obj: DraftStateMixin) -> None:
    """Wagtail's hook before an edit. Warns about each date in the draft that will do nothing."""
    if request.method != "GET" or not isinstance(obj, DraftStateMixin):
        return
    for entry in dated_but_unscheduled(obj):
        messages.error(request, f"{entry.event_label.capitalize()} {entry.when} ({entry.in_utc}). {entry.warning}")


class ChangedItem(Component):
    """An item of an action menu with another template or another context. All requests share the item itself."""

    def __init__(self, item: ActionMenuItem, template_name: str = "", **changes: object) -> None:
        self.name, self.order = item.name, item.order
        self.template_name = template_name or item.template_name
        self.item, self.changes = item, changes

    def get_context_data(self, parent_context: Mapping[str, object]) -> dict[str, object]:
        return {**self.item.get_context_data(parent_context), **self.changes}


def replace_buttons(menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]) -> None:
    """Wagtail's hook for action menus. The buttons that publish say when, if that is later."""
    obj = context.get("page") or context.get("instance")
    at = future_go_live(obj) if obj else None
    schedules = at and {"when": written_out(at), "utc": in_utc(at), "until": until(at)}
    for place, item in enumerate(menu_items):
        if item.name == PUBLISH:
            is_revision = context["view"] == "revisions_revert"
            menu_items[place] = ChangedItem(item, PUBLISH_BUTTON, schedules=schedules, is_revision=is_revision)
        # Wagtail extends the label if this approval is the last one needed, and so publishes.
        elif item.name in (APPROVE, APPROVE_ALONE) and item.label != ACTION_LABELS[item.name, item.launch_modal]:
            menu_items[place] = ChangedItem(
                item,
                APPROVE_BUTTON,
                schedules=schedules,
                approve=ACTION_LABELS[item.name, item.launch_modal],
                url=item.get_url(context) or _page_dialog_url(obj, item.name),
            )


def _page_dialog_url(page: Page, action: str) -> str:
    """The dialog of a decision on a page, whose URL Wagtail writes into its template."""
    state = page.current_workflow_task_state
    return reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, action, state.pk])


def schedule_script() -> str:
    """Wagtail's hook `insert_editor_js`. The script updates the labels while a date is typed."""
    return format_html('<script src="{}" defer></script>', static("publishing/schedule.js"))
