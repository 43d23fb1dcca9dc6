"""Where the admin offers undo and the history of publications: after publishing, on the edit screen, in bulk."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Self

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from site_core.publishing.eastern import hour_written_out
from site_core.publishing.history.undo import (
    LOG_ACTION,
    OFFERED_FOR,
    CannotBeUndone,
    can_be_undone,
    stored,
    undo,
    undoable_change,
)
from site_core.publishing.history.undo_views import undo_url
from site_core.publishing.history.views import history_of
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recorded_models import is_recorded
from site_core.publishing.permissions import may_publish, may_see
from site_core.publishing.types import Draftable, Recorded, User

UNDO = "Undo"
BUTTON = "Restore the previous public version"
HISTORY = "Public version history"
# What a form sends if saving it also publishes.
PUBLISHING_KEYS = {"action-publish", "action-workflow-action"}
# What undo takes back, as the end of a sentence after the title.
HAPPENED = {
    Cause.PUBLISHED: "was published",
    Cause.SCHEDULED: "went live",
    Cause.IMPORTED: "was imported",
    Cause.EXPIRED: "came down",
    Cause.UNPUBLISHED: "was unpublished",
    Cause.UNDONE: "was restored",
}


def is_undo_offered(user: User, obj: Draftable) -> bool:
    """Whether its newest publication is less than ten minutes old and the user may undo it."""
    return offered_undo(user, obj) is not None


def offered_undo(user: User, obj: Draftable) -> tuple[Cause, datetime] | None:
    """The cause of that publication and when it was made, None if undo is not offered."""
    return undoable_change(obj, since=timezone.now() - OFFERED_FOR) if may_publish(user, obj) else None


def add_undo_message(request: HttpRequest, obj: Recorded) -> None:
    """Add a message with the undo button, if undo is offered."""
    if isinstance(obj, DraftStateMixin):
        # A view holds the newest draft, and after publishing it may not know that the object is live.
        add_undo_message_about(request, stored(obj))


def add_undo_message_about(request: HttpRequest, row: Draftable) -> None:
    """The same for an object that a view has just read from the database."""
    url = undo_url(row)
    if is_in_messages(request, url) or not (offered := offered_undo(request.user, row)):
        return
    cause, at = offered
    sentence = f"“{row}” {HAPPENED[cause]} at {hour_written_out(at)}."
    messages.info(request, sentence, buttons=[messages.button(url, UNDO)])


def is_in_messages(request: HttpRequest, url: str) -> bool:
    """Whether a waiting message has the URL. Publishing may redirect to the edit screen, which adds its own."""
    waiting = get_messages(request)
    found = any(url in str(message) for message in waiting)
    if isinstance(waiting, BaseStorage):
        # Reading the messages has marked them as shown.
        waiting.used = False
    return found


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def offer_undo_after_publishing(request: HttpRequest, obj: DraftStateMixin) -> None:
    """Wagtail's hook after its own message, so that what was just done is read first."""
    if PUBLISHING_KEYS & request.POST.keys():
        add_undo_message(request, obj.specific if isinstance(obj, Page) else obj)


class OffersUndoMixin:
    """Goes before Wagtail's bulk actions for pages. Offers undo of what the action changed, after its own message."""

    request: HttpRequest
    actionable_objects: list[Page]
    model: type[Page]
    next_url: str
    # What happened to the pages, such as “published”.
    done = ""

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        started = timezone.now()
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        changed = [stored(page) for page in self.actionable_objects]
        pks = [page.pk for page in changed if may_publish(self.request.user, page) and can_be_undone(page, started)]
        if pks:
            pages = "1 page was" if len(pks) == 1 else f"{len(pks)} pages were"
            query = urlencode([("id", pks), ("next", self.next_url)], doseq=True)
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", UndoPages.action_type])
            sentence = f"{pages} {self.done} at {hour_written_out(started)}."
            messages.info(self.request, sentence, buttons=[messages.button(f"{url}?{query}", UNDO)])
        return response


class UndoMenuItem(ActionMenuItem):
    """In the action menu of the edit screen, while undo is offered."""

    label = BUTTON
    name = "action-undo"
    icon_name = "rotate"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        obj = context.get("page") or context.get("instance")
        return isinstance(obj, DraftStateMixin) and bool(obj.pk) and is_undo_offered(context["request"].user, obj)

    def get_url(self, context: Mapping[str, Any]) -> str:
        return undo_url(context.get("page") or context["instance"])


class HistoryMenuItem(ActionMenuItem):
    """In the action menu of a snippet's edit screen, because no hook adds buttons to the header of that."""

    label = HISTORY
    name = "action-what-was-public"
    icon_name = "history"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        snippet = context.get("instance")
        return snippet is not None and is_recorded(type(snippet))

    def get_url(self, context: Mapping[str, Any]) -> str:
        return history_of(context["instance"])


hooks.register("register_page_action_menu_item", lambda: UndoMenuItem(order=90))
hooks.register("register_snippet_action_menu_item", lambda model: UndoMenuItem(order=90))
hooks.register("register_snippet_action_menu_item", lambda model: HistoryMenuItem(order=95))


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def page_history_button(page: Page, user: User, *args: object, **kwargs: object) -> Iterator[Button]:
    if page.depth > 1 and may_see(user, page):
        yield Button(HISTORY, history_of(page), icon_name="history", priority=66)


@hooks.register("register_snippet_listing_buttons")
def snippet_listing_history_button(snippet: Recorded, user: User, next_url: str | None = None) -> Iterator[Button]:
    if is_recorded(type(snippet)):
        yield Button(HISTORY, history_of(snippet), icon_name="history", priority=66)


@hooks.register("register_icons")
def register_info_icon(icons: list[str]) -> list[str]:
    """Wagtail shows each message with the icon of its level's name, and has no icon “info”."""
    return [*icons, "admin/icons/info.svg"]


@hooks.register("register_log_actions")
def register_undo_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, "Restore", "Restored the previous public version")


class BulkUndoMixin:
    """Undoes each object in a savepoint of its own. Those that cannot be undone are named, the others are undone."""

    display_name = UNDO
    action_type = "undo"
    aria_label = "Restore the previous public version of the selected items"
    template_name = "publishing/undo/bulk.html"
    action_priority = 60
    request: HttpRequest
    refused: list[str]

    def check_perm(self, obj: Draftable) -> bool:
        return may_publish(self.request.user, obj) and can_be_undone(obj)

    def get_execution_context(self) -> dict[str, object]:
        return {"action": self}

    @classmethod
    def execute_action(cls, objects: list[Draftable], action: Self) -> tuple[int, int]:
        action.refused = []
        for obj in objects:
            try:
                undo(obj.specific if isinstance(obj, Page) else obj, action.request.user)
            except CannotBeUndone as error:
                action.refused.append(f"“{obj}”: {error}")
        return len(objects) - len(action.refused), 0

    def get_success_message(self, done: int, below: int) -> str | None:
        for sentence in self.refused:
            messages.error(self.request, sentence)
        if not done:
            return None
        return f"The previous public version is public again for {done} of them. The newer drafts are kept."


@hooks.register("register_bulk_action")
class UndoPages(BulkUndoMixin, PageBulkAction):
    """For the selected pages of a list."""


@hooks.register("register_bulk_action")
class UndoSnippets(BulkUndoMixin, SnippetBulkAction):
    """For the selected snippets of a list."""

    @classproperty
    def models(cls) -> list[type[DraftStateMixin]]:
        # Read late, because snippets are registered one by one.
        return [model for model in get_snippet_models() if issubclass(model, DraftStateMixin)]
