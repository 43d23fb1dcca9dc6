"""Where the admin offers undo and the history of publications: after publishing, on the edit screen, in bulk."""

from collections.abc import Iterator
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import Button
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from site_core.publishing.history.undo import LOG_ACTION, OFFERED_FOR, CannotBeUndone, can_be_undone, undo
from site_core.publishing.history.undo_views import undo_url
from site_core.publishing.history.views import PublicationsMenuItem, history_of
from site_core.publishing.ledger.recorded_models import is_recorded_without_drafts
from site_core.publishing.permissions import may_publish

BUTTON = "Put back what was public before"
HISTORY = "What was public"


def is_offered(user: Any, obj: Any) -> bool:
    """Whether its newest publication is less than ten minutes old and the user may undo it."""
    return may_publish(user, obj) and can_be_undone(obj, since=timezone.now() - OFFERED_FOR)


def offer_undo(request: HttpRequest, obj: Any) -> None:
    """A message with the button, if undo is offered."""
    if not isinstance(obj, DraftStateMixin):
        return
    obj = read_anew(obj)
    address = undo_url(obj)
    if is_announced(request, address) or not is_offered(request.user, obj):
        return
    sentence = f"What is public of “{obj}” has just changed. If that was a mistake, take it back."
    messages.info(request, sentence, buttons=[messages.button(address, BUTTON)])


def is_announced(request: HttpRequest, address: str) -> bool:
    """Whether a message with that address waits to be shown: whoever published may be led to the edit screen."""
    waiting: Any = get_messages(request)
    is_there = any(address in str(message) for message in waiting)
    # Only looked at, so that they are still shown.
    waiting.used = False
    return is_there


def read_anew(obj: Any) -> Any:
    """As it is public: a view holds the newest draft, and after publishing does not always know that it is live."""
    return type(obj)._base_manager.get(pk=obj.pk)


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_publish")
@hooks.register("after_unpublish")
def offer_undo_afterwards(request: HttpRequest, obj: Any) -> None:
    offer_undo(request, obj.specific if isinstance(obj, Page) else obj)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def offer_undo_while_editing(request: HttpRequest, obj: Any) -> None:
    if request.method == "GET":
        offer_undo(request, obj)


@hooks.register("after_bulk_action")
def offer_undo_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """After publishing or unpublishing several at once, all of them can be put back at once."""
    if action_type not in ("publish", "unpublish"):
        return
    offered = [obj for obj in objects if is_offered(request.user, read_anew(obj))]
    if offered:
        options = action.model._meta
        chosen = urlencode({"id": [obj.pk for obj in offered], "next": action.next_url}, doseq=True)
        address = reverse("wagtail_bulk_action", args=[options.app_label, options.model_name, UndoPages.action_type])
        messages.info(
            request,
            "What is public of these has just changed. If that was a mistake, take it back for all of them.",
            buttons=[messages.button(f"{address}?{chosen}", BUTTON)],
        )


class UndoMenuItem:
    """Among the actions of the edit screen, while undo is offered."""

    label = BUTTON
    name = "action-undo"
    icon_name = "rotate"

    def is_shown(self, context: dict[str, Any]) -> bool:
        obj = context.get("page") or context.get("instance")
        return isinstance(obj, DraftStateMixin) and bool(obj.pk) and is_offered(context["request"].user, obj)

    def get_url(self, context: dict[str, Any]) -> str:
        return undo_url(context.get("page") or context["instance"])


class UndoPageMenuItem(UndoMenuItem, PageActionMenuItem):
    pass


class UndoSnippetMenuItem(UndoMenuItem, SnippetActionMenuItem):
    pass


class HistoryMenuItem(SnippetActionMenuItem):
    """Among the actions of a snippet's edit screen, because its header takes no buttons from elsewhere."""

    label = HISTORY
    name = "action-what-was-public"
    icon_name = "history"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context.get("instance") is not None and is_recorded(context["instance"])

    def get_url(self, context: dict[str, Any]) -> str:
        return history_of(context["instance"])


hooks.register("register_page_action_menu_item", lambda: UndoPageMenuItem(order=90))
hooks.register("register_snippet_action_menu_item", lambda model: UndoSnippetMenuItem(order=90))
hooks.register("register_snippet_action_menu_item", lambda model: HistoryMenuItem(order=95))


def is_recorded(obj: Any) -> bool:
    """Whether the ledger records what is public of it."""
    return isinstance(obj, DraftStateMixin) or is_recorded_without_drafts(obj)


@hooks.register("register_page_header_buttons")
def history_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    rights = page.permissions_for_user(user)
    if page.depth > 1 and (rights.can_edit() or rights.can_publish()):
        yield Button(HISTORY, history_of(page), icon_name="history", priority=66)


@hooks.register("register_page_listing_more_buttons")
def history_button_in_list(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from history_button(page, user, "listing", next_url)


@hooks.register("register_snippet_listing_buttons")
def history_button_of_snippet(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if is_recorded(snippet):
        yield Button(HISTORY, history_of(snippet), icon_name="history", priority=66)


@hooks.register("register_reports_menu_item")
def publications_menu_item() -> PublicationsMenuItem:
    return PublicationsMenuItem()


@hooks.register("register_icons")
def icon_of_information(icons: list[str]) -> list[str]:
    """Wagtail's bars of messages show an icon by the name of their level, and have none for this one."""
    return [*icons, "admin/icons/info.svg"]


@hooks.register("register_log_actions")
def name_undo_in_the_history(actions: Any) -> None:
    actions.register_action(LOG_ACTION, "Put back", "Put back what was public before")


class UndoInBulk:
    """Each in a transaction of its own within Wagtail's: those that cannot be put back are named, the rest are."""

    display_name = "Undo"
    action_type = "undo"
    aria_label = "Put back what was public before of those selected"
    template_name = "publishing/undo/bulk.html"
    action_priority = 60
    refused: list[str]

    def execute(self, objects: list[Any], user: Any) -> int:
        self.refused = []
        for obj in objects:
            try:
                undo(obj, user)
            except CannotBeUndone as error:
                self.refused.append(f"“{obj}”: {error}")
        return len(objects) - len(self.refused)

    def get_success_message(self, done: int, below: int) -> str | None:
        for sentence in self.refused:
            messages.error(self.request, sentence)  # type: ignore[attr-defined]
        if not done:
            return None
        return f"What was public before is public again for {done} of them. The newer drafts are kept."


@hooks.register("register_bulk_action")
class UndoPages(UndoInBulk, PageBulkAction):
    """For the pages ticked in a list."""

    def check_perm(self, page: Page) -> bool:
        return may_publish(self.request.user, page) and can_be_undone(page)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "action": self}

    @classmethod
    def execute_action(cls, objects: list[Page], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        return kwargs["action"].execute([page.specific for page in objects], user), 0


@hooks.register("register_bulk_action")
class UndoSnippets(UndoInBulk, SnippetBulkAction):
    """For the figures or alerts ticked in a list."""

    @classproperty
    def models(cls) -> list[Any]:
        # Snippets are registered one by one, so the list is asked for late.
        return [model for model in get_snippet_models() if issubclass(model, DraftStateMixin)]

    def check_perm(self, snippet: Any) -> bool:
        return may_publish(self.request.user, snippet) and can_be_undone(snippet)

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        action = kwargs["self"]
        return action.execute(objects, action.request.user), 0
