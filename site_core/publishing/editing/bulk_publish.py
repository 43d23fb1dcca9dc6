"""Publishes many pages at once. A page that cannot be published is named, and does not stop the others."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.editing.rebase import publish_unless_undecided
from site_core.publishing.permissions import may_publish
from site_core.publishing.runner.failure_reasons import labeled_messages
from site_core.publishing.types import Actor


class AtomicPublishBulkAction(PublishBulkAction):
    """Replaces Wagtail's action, which cancels scheduled updates and stops at the first failure."""

    def get_execution_context(self) -> dict[str, object]:
        self.not_published: list[str] = []
        return {**super().get_execution_context(), "not_published": self.not_published}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Actor = None,
        not_published: list[str] | None = None,
        **kwargs: object,
    ) -> tuple[int, int]:
        """Publish the pages. Return how many of them, and how many of their descendants, were published.

        Add the others to `not_published`, each with the reason.
        """
        published, published_descendants = 0, 0
        refused = [] if not_published is None else not_published
        for page in objects:
            published += _publish(page.specific, user, refused)
            for descendant in _draft_descendants(page, user) if include_descendants else ():
                published_descendants += _publish(descendant, user, refused)
        return published, published_descendants

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for reason in self.not_published:
            messages.error(self.request, f"Not published: {reason}")
        if not num_parent_objects and not num_child_objects:
            return None
        return str(super().get_success_message(num_parent_objects, num_child_objects))


def _draft_descendants(page: Page, user: Actor) -> Iterator[Page]:
    for descendant in page.get_descendants().not_live().specific():
        if user is None or may_publish(user, descendant):
            yield descendant


def _publish(page: Page, user: Actor, refused: list[str]) -> bool:
    """Publish the newest draft of a page, or add the reason to `refused`."""
    try:
        with transaction.atomic():
            if not page.latest_revision_id:
                page.save_revision(user=user)
            reason = publish_unless_undecided(page, user)
    except ValidationError as error:
        reason = f"“{page}”: {' '.join(labeled_messages(error))}"
    except ApprovalRefused as error:
        reason = f"“{page}”: {error}"
    if reason:
        refused.append(reason)
    return not reason
