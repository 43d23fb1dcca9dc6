"""The panel of the admin home page with the next events, and whether publishing is running."""

from collections.abc import Mapping

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from site_core.publishing.runner.lease import runner_is_alive
from site_core.publishing.schedule.entry import State
from site_core.publishing.schedule.permissions import visible_entries
from site_core.publishing.schedule.queries import coming, unscheduled
from site_core.publishing.types import User

SHOWN = 5


class NextEventsPanel(Component):
    """Leaves out failed events, which have their own panel."""

    name = "next-events"
    template_name = "publishing/schedule/panel.html"
    order = 60

    def __init__(self, user: User) -> None:
        self.entries = [entry for entry in visible_entries(user, coming()) if entry.state != State.FAILED]

    def get_context_data(self, parent_context: Mapping[str, HttpRequest]) -> dict[str, object]:
        request = parent_context["request"]
        return {
            "entries": self.entries[:SHOWN],
            "more": max(0, len(self.entries) - SHOWN),
            "unscheduled": len(visible_entries(request.user, unscheduled())),
            "publishing_runs": runner_is_alive(),
        }
