"""Publishes many pages at once. A page that cannot be published is named, and does not stop the others."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.models import Page

from site_core.publishing.approval_rules import ApprovalRefused, require_second_approver
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.atomic_save import schedule_button
from site_core.publishing.editing.rebase import publish_unless_undecided
from site_core.publishing.editing.refusal_list import as_list
from site_core.publishing.history.hooks import OffersUndoMixin
from site_core.publishing.permissions import may_publish
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failure_reasons import labeled_messages
from site_core.publishing.schedule.dialogs import future_go_live
from site_core.publishing.schedule.rescheduling import NotPossible, date_draft
from site_core.publishing.types import Actor

IN_REVIEW = "This is in review. Open the review, look at the words, and approve it there."


class AtomicPublishBulkAction(OffersUndoMixin, PublishBulkAction):
    """Replaces Wagtail's action, which cancels scheduled updates and stops at the first failure."""

    done = "published"

    def get_execution_context(self) -> dict[str, object]:
        self.not_published: list[str] = []
        self.scheduled: list[datetime] = []
        return {
            **super().get_execution_context(),
            "not_published": self.not_published,
            "scheduled": self.scheduled,
        }

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Actor = None,
        not_published: list[str] | None = None,
        scheduled: list[datetime] | None = None,
        **kwargs: object,
    ) -> tuple[int, int]:
        """Publish the pages. Return how many of them, and how many of their descendants, were published.

        Add the go-lives of those that are now scheduled to `scheduled`, and the reasons of the others to
        `not_published`.
        """
        published, published_descendants = 0, 0
        refused = [] if not_published is None else not_published
        ahead = [] if scheduled is None else scheduled
        for page in objects:
            published += _publish(page.specific, user, refused, ahead)
            for descendant in _draft_descendants(page, user) if include_descendants else ():
                published_descendants += _publish(descendant, user, refused, ahead)
        return published, published_descendants

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for reason in self.not_published:
            messages.error(self.request, format_html("Not published: {}", reason))
        if self.scheduled:
            messages.success(self.request, scheduled_message(self.scheduled), buttons=[schedule_button()])
        if not num_parent_objects and not num_child_objects:
            return None
        return str(super().get_success_message(num_parent_objects, num_child_objects))


class UnpublishWithUndo(OffersUndoMixin, UnpublishBulkAction):
    """Replaces Wagtail's action. Offers undo, after the message that says what was done."""

    done = "unpublished"


def scheduled_message(go_lives: list[datetime]) -> str:
    """How many pages go live when."""
    pages = "1 page is" if len(go_lives) == 1 else f"{len(go_lives)} pages are"
    first = "" if len(set(go_lives)) == 1 else ", the first"
    return f"{pages} scheduled{first} for {written_out(min(go_lives))}."


def _draft_descendants(page: Page, user: Actor) -> Iterator[Page]:
    for descendant in page.get_descendants().not_live().specific():
        if user is None or may_publish(user, descendant):
            yield descendant


def _publish(page: Page, user: Actor, refused: list[str], scheduled: list[datetime]) -> bool:
    """Publish the newest draft of a page, or add its go-live to `scheduled`, or the reason to `refused`."""
    ahead = future_go_live(page.get_latest_revision_as_object())
    reason = publish_newest(page, user)
    if reason:
        refused.append(reason)
    elif ahead:
        scheduled.append(ahead)
    return not reason and not ahead


def publish_newest(page: Page, user: Actor, at: datetime | None = None) -> str:
    """Publish the newest draft, or schedule it for another time than its own. Return "", or why not."""
    try:
        with transaction.atomic():
            if not page.latest_revision_id:
                page.save_revision(user=user)
            if at:
                lock_row(page)
                date_draft(page.get_latest_revision(), at)
                page.refresh_from_db(fields=["latest_revision", "go_live_at"])
            require_second_approver(user, page)
            if page.workflow_in_progress:
                raise ApprovalRefused(IN_REVIEW)
            return publish_unless_undecided(page, user)
    except ValidationError as error:
        return as_list(f"“{page}”", labeled_messages(error, page))
    except (ApprovalRefused, NotPossible) as error:
        return f"“{page}”: {error}"
