"""Publishing many pages at once: what cannot be published is named, and keeps nobody else from it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.editing.atomic_save import sentences
from site_core.publishing.editing.rebase import publish_unless_undecided
from site_core.publishing.permissions import may_publish


class CarefulPublishBulkAction(PublishBulkAction):
    """Takes the place of Wagtail's action, which cancels what is scheduled and stops at the first failure."""

    def get_execution_context(self) -> dict[str, Any]:
        self.not_published: list[str] = []
        return {**super().get_execution_context(), "not_published": self.not_published}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Any = None,
        not_published: list[str] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """How many of the pages, and how many below them, were published. The others are named with the reason."""
        published, published_below = 0, 0
        refused = [] if not_published is None else not_published
        for page in objects:
            published += _published(page.specific, user, refused)
            for below in _drafts_below(page, user) if include_descendants else ():
                published_below += _published(below, user, refused)
        return published, published_below

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for reason in self.not_published:
            messages.error(self.request, f"Not published: {reason}")
        if not num_parent_objects and not num_child_objects:
            return None
        return str(super().get_success_message(num_parent_objects, num_child_objects))


def _drafts_below(page: Page, user: Any) -> Iterator[Page]:
    for below in page.get_descendants().not_live().specific():
        if user is None or may_publish(user, below):
            yield below


def _published(page: Any, user: Any, refused: list[str]) -> bool:
    """Publish the newest draft of a page, or add to `refused` why not."""
    try:
        with transaction.atomic():
            if not page.latest_revision_id:
                page.save_revision(user=user)
            reason = publish_unless_undecided(page, user)
    except ValidationError as refusal:
        reason = f"“{page}”: {' '.join(sentences(refusal))}"
    except ApprovalRefused as refusal:
        reason = f"“{page}”: {refusal}"
    if reason:
        refused.append(reason)
    return not reason
