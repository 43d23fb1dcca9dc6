"""The next five events, and whether publishing is running, for the admin's home."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from site_core.publishing.runner.lease import runner_is_alive
from site_core.publishing.schedule.entry import State
from site_core.publishing.schedule.permissions import seen_by
from site_core.publishing.schedule.queries import coming, unscheduled

SHOWN = 5


class NextEventsPanel(Component):
    """Needs the request in the context it is drawn in. What has failed stands in a list of its own."""

    name = "next-events"
    template_name = "publishing/schedule/panel.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        entries = [entry for entry in seen_by(request.user, coming()) if entry.state != State.FAILED]
        return {
            "entries": entries[:SHOWN],
            "more": max(0, len(entries) - SHOWN),
            "unscheduled": len(seen_by(request.user, unscheduled())),
            "publishing_runs": runner_is_alive(),
        }
