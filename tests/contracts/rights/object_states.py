"""A page, a stat and an alert in each state that what people may do with them depends on."""

from collections.abc import Callable
from typing import Any, TypeAlias

from wagtail.models import Page, PageViewRestriction

from site_core.publishing.trash.trashing import move_to_trash
from tests import factories
from tests.contracts.admin_stock import in_review, locked, scheduled

# Makes a draft of one kind.
Make: TypeAlias = Callable[..., Any]
PAGE_STATES = (
    *("own", "others", "in_review", "sent_back", "scheduled", "locked", "locked_live", "locked_scheduled"),
    *("live", "was_public", "private", "private_draft", "trash"),
)
SNIPPET_STATES = ("own", "in_review", "scheduled", "locked", "locked_live", "locked_scheduled", "live", "was_public")


def page_in(state: str, parent: Page, author: Any, colleague: Any) -> Any:
    """A page that the author began, unless it is another's. What is locked, a colleague has locked."""
    owner = colleague if state == "others" else author
    page = factories.TextPageFactory(parent=parent, draft=True, owner=owner)
    if state.startswith("private"):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    if state == "trash":
        move_to_trash(page, None)
        return type(page).objects.get(pk=page.pk)
    return in_state(page, state, author, colleague)


def snippet_in(state: str, make: Make, author: Any, colleague: Any) -> Any:
    return in_state(make(draft=True), state, author, colleague)


def in_state(obj: Any, state: str, author: Any, colleague: Any) -> Any:
    if state in ("live", "was_public", "private", "locked_live"):
        obj.get_latest_revision().publish()
    if state == "was_public":
        type(obj).objects.get(pk=obj.pk).unpublish()
    if state.endswith("scheduled"):
        scheduled(obj)
    if state in ("in_review", "sent_back"):
        review = in_review(obj, author)
        if state == "sent_back":
            review.reject(user=colleague, comment="An example.")
    obj = type(obj).objects.get(pk=obj.pk)
    return locked(obj, colleague) if state.startswith("locked") else obj
