"""What the edit screens say of the schedule: the red strip over a dated draft, and the publish button's own words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin.action_menu import PublishMenuItem as PagePublishItem
from wagtail.models import DraftStateMixin
from wagtail.snippets.action_menu import PublishMenuItem as SnippetPublishItem

from site_core.publishing.eastern import in_utc, until, written_out
from site_core.publishing.schedule.state import dated_but_unscheduled


def say_what_is_not_scheduled(request: HttpRequest, thing: Any) -> None:
    """On top of the edit screen, each date of its draft that will do nothing."""
    if request.method != "GET" or not isinstance(thing, DraftStateMixin):
        return
    for entry in dated_but_unscheduled(thing):
        messages.error(request, f"{entry.says.capitalize()} {entry.when} ({entry.in_utc}). {entry.warning}")


class _SaysWhen:
    """The publish button says when it publishes, where that is not at once."""

    template_name = "desk/schedule/publish_button.html"

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)  # type: ignore[misc]
        thing = parent_context.get("page") or parent_context.get("instance")
        moment = getattr(thing, "go_live_at", None)
        ahead = moment if moment and moment > timezone.now() else None
        context["is_revision"] = parent_context["view"] == "revisions_revert"
        context["schedules"] = ahead and {"when": written_out(ahead), "utc": in_utc(ahead), "until": until(ahead)}
        return context


class PagePublishButton(_SaysWhen, PagePublishItem):
    """On the edit screens of pages."""


class SnippetPublishButton(_SaysWhen, SnippetPublishItem):
    """On the edit screens of snippets."""


def publish_button_says_when(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Put ours in the place of Wagtail's. The items belong to all requests, so none is changed."""
    ours = {PagePublishItem: PagePublishButton, SnippetPublishItem: SnippetPublishButton}
    menu_items[:] = [ours[type(item)](order=item.order) if type(item) in ours else item for item in menu_items]


def publish_button_script() -> str:
    """Lets the publish button follow the date while it is typed."""
    return format_html('<script src="{}" defer></script>', static("site_core/schedule.js"))
