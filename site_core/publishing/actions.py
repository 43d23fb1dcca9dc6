"""The two actions that publish or schedule an object. Every way to publish runs one of them.

Models look them up in Wagtail's action registry (`PublishableMixin.publish`), and so does Wagtail's API. The edit form
of a page publishes through the model (`site_core.pages.admin_views`), because Wagtail's form names its own action.
"""

import logging

from django.db import transaction
from wagtail.actions import ActionRegistry, PublishPageRevisionAction, PublishRevisionAction
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.approval_rules import require_second_approver
from site_core.publishing.events import models_with_drafts
from site_core.publishing.permissions import require_unlocked
from site_core.publishing.publishable import lock_row, without_past_go_live
from site_core.publishing.trashed_page import refuse_in_trash

logger = logging.getLogger(__name__)


class AtomicPublishMixin(PublishRevisionAction):
    """Publishes or schedules in one transaction, or changes nothing.

    Scheduling changes nothing public and sends no signal. Wagtail's action sends them, and takes a live object down if
    its draft was saved before the object went live.
    """

    revision: Revision
    object: DraftStateMixin

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Publish, or schedule if the go-live is in the future.

        Raises what Wagtail's action raises, ApprovalRefused, and PermissionDenied for a page in the trash.
        """
        with transaction.atomic():
            self.reload()
            self.execute_locked(skip_permission_checks=skip_permission_checks)

    def execute_locked(self, skip_permission_checks: bool = False) -> None:
        """Like `execute`, for a caller that has locked the rows and read them in this transaction."""
        require_second_approver(self.user, self.object)
        require_unlocked(self.user, self.object)
        refuse_in_trash(self.object)
        if self.object.go_live_at:
            self.check(skip_permission_checks=skip_permission_checks)
            self.schedule()
        else:
            super().execute(skip_permission_checks=skip_permission_checks)

    def reload(self) -> None:
        """Lock the object's row, then read the revision and the object again."""
        lock_row(self.object)
        revision = Revision.objects.get(pk=self.revision.pk)
        # The caller may have changed the content in memory.
        revision.content = without_past_go_live(self.revision.content)
        self.revision, self.object = revision, revision.as_object()

    def schedule(self) -> None:
        """Approve the revision for its go-live in place of any other, and end the object's review."""
        self.revision.approved_go_live_at = self.object.go_live_at
        self.revision.save(update_fields=["approved_go_live_at"])
        self.object.revisions.exclude(pk=self.revision.pk).update(approved_go_live_at=None)
        if not self.object.live:
            self.object.has_unpublished_changes, self.object.expired = True, False
            self.object.save()
        if review := self.object.current_workflow_state:
            review.cancel(user=self.user)
        logger.info("Scheduled: “%s”, revision %s, for %s", self.object, self.revision.pk, self.object.go_live_at)
        if self.log_action:
            self.log_scheduling_action()


class PublishPage(AtomicPublishMixin, PublishPageRevisionAction):
    """Publishes or schedules a page."""


class PublishSnippet(AtomicPublishMixin):
    """Publishes or schedules a snippet."""


def register_actions(registry: ActionRegistry) -> None:
    """Wagtail's hook `register_actions`. Replaces Wagtail's publish action for every model with drafts."""
    for model in models_with_drafts():
        registry.register(model, PublishPage if model is Page else PublishSnippet)
