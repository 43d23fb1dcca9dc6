"""The schedule: what is going to happen to what the public sees, and what has happened, as a list and as a file."""

import csv
from datetime import UTC
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem

from site_core.publishing.runner.lease import runner_is_alive
from site_core.publishing.schedule.calendar_views import month, week
from site_core.publishing.schedule.change_views import change, new_feed_url
from site_core.publishing.schedule.entry import Entry, State
from site_core.publishing.schedule.forms import ScheduleFilter
from site_core.publishing.schedule.permissions import rows_seen_by, seen_by
from site_core.publishing.schedule.queries import coming, done, entries_of, unscheduled

PAGE_LENGTH = 50
HEADINGS = (
    *(
        "Date and time (Eastern)",
        "UTC",
        "What happens",
        "Title",
        "Type",
        "State",
        "By",
        "Problem",
        "Receipt",
        "Address",
    ),
)


def schedule(request: HttpRequest) -> HttpResponse:
    """The list, one state at a time."""
    form = ScheduleFilter(request.GET)
    entries = chosen(request, form)
    listing = Paginator(entries, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = listing.object_list
    if form.state_shown == State.DONE:
        rows = entries_of(list(rows))
    waiting = seen_by(request.user, unscheduled()) if form.state_shown == State.COMING else []
    return render(
        request,
        "publishing/schedule/list.html",
        {
            "form": form,
            "listing": listing,
            "entries": rows,
            "may_change": any(entry.may_change for entry in rows),
            "state": form.state_shown,
            "unscheduled": len(waiting),
            "publishing_runs": runner_is_alive(),
            "feed_key": getattr(getattr(request.user, "calendar_feed_url", None), "key", ""),
        },
    )


def chosen(request: HttpRequest, form: ScheduleFilter) -> Any:
    """What of the schedule the form asks for and the user may see: entries, or rows of the ledger for what is done."""
    state = form.state_shown
    if state == State.DONE:
        return form.of_rows(rows_seen_by(request.user, done()))
    entries = unscheduled() if state == State.UNSCHEDULED else coming()
    if state == State.FAILED:
        entries = [entry for entry in entries if entry.state == State.FAILED]
    return form.of_entries(seen_by(request.user, entries))


def export(request: HttpRequest) -> HttpResponse:
    """The same as a table for a spreadsheet program."""
    form = ScheduleFilter(request.GET)
    entries = chosen(request, form)
    if form.state_shown == State.DONE:
        entries = entries_of(list(entries))
    # With the mark in front, Excel reads the letters as they are meant.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"schedule-{form.state_shown}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(cell) for cell in _cells(request, entry)] for entry in entries)
    return response


def _cells(request: HttpRequest, entry: Entry) -> list[str]:
    return [
        entry.when,
        entry.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        entry.says,
        entry.title,
        entry.type_name,
        State(entry.state).label,
        entry.by,
        entry.warning,
        str(entry.receipt or ""),
        request.build_absolute_uri(entry.edit_url) if entry.edit_url else "",
    ]


def _harmless(cell: str) -> str:
    """A spreadsheet program takes what begins like this for a formula, and carries it out."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def schedule_urls() -> list[URLPattern]:
    """The addresses below /admin/."""
    return [
        path("schedule/", schedule, name="schedule"),
        path("schedule/month/", month, name="schedule_month"),
        path("schedule/week/", week, name="schedule_week"),
        path("schedule/export.csv", export, name="schedule_export"),
        path("schedule/address/", new_feed_url, name="schedule_new_url"),
        path("schedule/<str:event>/<int:number>/<str:action>/", change, name="schedule_change"),
    ]


class ScheduleMenuItem(MenuItem):
    """The way to the schedule."""

    def __init__(self) -> None:
        super().__init__("Schedule", reverse("schedule"), icon_name="calendar", order=450)
