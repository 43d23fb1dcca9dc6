"""What the publishing process does from time to time, for Administrators: how it went, and when it is done next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from site_core.accounts.permissions import is_administrator
from site_core.admin.homepage import Line, Lines
from site_core.admin.refusal import refuse
from site_core.chores.models import ChoreRun, standings
from site_core.publishing.eastern import written_out
from site_core.publishing.runner.lease import seconds_without_runner

# A publishing process that was started again, or changed machines, is given this long.
MAY_PAUSE = 90


def maintenance(request: HttpRequest) -> HttpResponse:
    """Lists every chore."""
    if not is_administrator(request.user):
        return refuse(request, "Only an Administrator can see this.")
    is_running = seconds_without_runner() <= MAY_PAUSE
    return render(request, "ops/maintenance.html", {"standings": standings(), "is_running": is_running})


def maintenance_urls() -> list[URLPattern]:
    """URL patterns below /admin/."""
    return [path("maintenance/", maintenance, name="maintenance")]


class MaintenanceMenuItem(MenuItem):
    """The menu item, for those who may see the list."""

    def __init__(self) -> None:
        super().__init__("Maintenance", reverse("maintenance"), icon_name="cogs", order=890)

    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


def failed_chores_panel(request: HttpRequest) -> Component | None:
    """The panel for Administrators with what failed when it was last done. None if nothing did."""
    if not is_administrator(request.user):
        return None
    url = reverse("maintenance")
    titles = {standing.chore.name: standing.chore.title for standing in standings()}
    lines = [
        Line(titles[run.name], "Maintenance", url, f"last done {written_out(run.began_at)}", warning=run.outcome)
        for run in ChoreRun.objects.filter(failed=True, name__in=titles)
    ]
    return Lines("failed-maintenance", 20, "Maintenance that needs attention", lines) if lines else None
