"""The list of the schedule, and its export to a CSV file."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from site_core.fields.spreadsheets import csv_lines
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.lease import runner_is_alive
from site_core.publishing.schedule.entry import Entry, State
from site_core.publishing.schedule.forms import ScheduleFilter
from site_core.publishing.schedule.permissions import visible_entries, visible_rows
from site_core.publishing.schedule.queries import coming, done, entries_of, unscheduled

PAGE_LENGTH = 50
HEADINGS = [
    *("Date and time (Eastern)", "UTC", "What happens", "Title", "Type", "State", "By", "Problem", "Receipt"),
    "Edit link",
]


def schedule(request: HttpRequest) -> HttpResponse:
    """The list of one state."""
    form = ScheduleFilter(request.GET)
    listing = Paginator(selected(request, form), PAGE_LENGTH).get_page(request.GET.get("page"))
    entries = as_entries(listing, form)
    not_scheduled = visible_entries(request.user, unscheduled()) if form.state_shown == State.COMING else []
    return render(
        request,
        "publishing/schedule/list.html",
        {
            "form": form,
            "listing": listing,
            "pages": listing.paginator.num_pages,
            "entries": entries,
            "may_change": any(entry.may_change for entry in entries),
            "state": form.state_shown,
            "unscheduled": len(not_scheduled),
            "publishing_runs": runner_is_alive(),
            "feed_key": getattr(getattr(request.user, "calendar_feed_url", None), "key", ""),
        },
    )


def selected(request: HttpRequest, form: ScheduleFilter) -> QuerySet[Publication] | list[Entry]:
    """What the form selects and the user may see: rows of the ledger for the state “done”, entries for the others."""
    state = form.state_shown
    if state == State.DONE:
        return form.filter_rows(visible_rows(request.user, done()))
    entries = unscheduled() if state == State.UNSCHEDULED else coming()
    if state == State.FAILED:
        entries = [entry for entry in entries if entry.state == State.FAILED]
    return form.filter_entries(visible_entries(request.user, entries))


def as_entries(found: Iterable[Any], form: ScheduleFilter) -> list[Entry]:
    return entries_of(list(found)) if form.state_shown == State.DONE else list(found)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV file."""
    form = ScheduleFilter(request.GET)
    entries = as_entries(selected(request, form), form)
    response = HttpResponse(
        csv_lines(HEADINGS, (_cells(request, entry) for entry in entries)), content_type="text/csv; charset=utf-8"
    )
    name = f"schedule-{form.state_shown}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(request: HttpRequest, entry: Entry) -> list[str]:
    return [
        entry.when,
        entry.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        entry.event_label,
        entry.title,
        entry.type_name,
        State(entry.state).label,
        entry.by,
        entry.warning,
        str(entry.receipt or ""),
        request.build_absolute_uri(entry.edit_url) if entry.edit_url else "",
    ]
