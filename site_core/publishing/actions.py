"""Wagtail's publishing, which says that an object went live when it was only scheduled to."""

from typing import Any

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction


class TellsOfGoLivesOnly:
    """Sends Wagtail's signals where something became public, and keeps still where it was scheduled."""

    object: Any
    user: Any

    def _after_publish(self) -> None:
        if self.object.live:
            super()._after_publish()  # type: ignore[misc]
        elif state := self.object.current_workflow_state:
            # Whoever schedules it directly has ended its review.
            state.cancel(user=self.user)


class PublishPage(TellsOfGoLivesOnly, PublishPageRevisionAction):
    """Publishes or schedules a page."""


class PublishSnippet(TellsOfGoLivesOnly, PublishRevisionAction):
    """Publishes or schedules anything else."""
