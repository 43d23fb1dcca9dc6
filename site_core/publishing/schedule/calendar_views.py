"""The schedule as a calendar of a month or a week, by days in New York."""

from calendar import SUNDAY, Calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from site_core.publishing.eastern import EASTERN, FIRST_YEAR, LAST_YEAR
from site_core.publishing.schedule.entry import Entry
from site_core.publishing.schedule.forms import ScheduleFilter
from site_core.publishing.schedule.permissions import visible_entries, visible_rows
from site_core.publishing.schedule.queries import coming, done, entries_of

WEEK = timedelta(days=7)
# The most entries shown for one day. A link leads from the month to the week, and from the week to the list.
SHOWN_A_DAY = {"month": 4, "week": 50}


class Span(TypedDict):
    """What the template shows about the month or the week."""

    name: str
    span: str
    shown_day: date
    before: date
    after: date


class Cell(TypedDict):
    """One day of the calendar. `more` counts the entries that are not shown."""

    day: date
    entries: list[Entry]
    more: int


def month(request: HttpRequest) -> HttpResponse:
    """The weeks of the month that contains the requested day."""
    first = _requested_day(request).replace(day=1)
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    return _calendar(
        request,
        weeks,
        {
            "name": f"{first:%B %Y}",
            "span": "month",
            "shown_day": first,
            "before": (first - timedelta(days=1)).replace(day=1),
            "after": (first + timedelta(days=31)).replace(day=1),
        },
    )


def week(request: HttpRequest) -> HttpResponse:
    """The week from Sunday on that contains the requested day."""
    day = _requested_day(request)
    first = day - timedelta(days=day.isoweekday() % 7)
    days = [first + timedelta(days=offset) for offset in range(7)]
    name = f"Week of {first:%B} {first.day}, {first.year}"
    about: Span = {"name": name, "span": "week", "shown_day": first, "before": first - WEEK, "after": first + WEEK}
    return _calendar(request, [days], about)


def _calendar(request: HttpRequest, weeks: list[list[date]], about: Span) -> HttpResponse:
    form = ScheduleFilter(request.GET)
    entries = _entries_between(request, form, weeks[0][0], weeks[-1][-1])
    by_day, shown = _by_day(entries), SHOWN_A_DAY[about["span"]]
    return render(
        request,
        "publishing/schedule/calendar.html",
        {
            **about,
            "form": form,
            "has_entries": bool(entries),
            "weeks": [[_cell(day, by_day[day], shown) for day in days] for days in weeks],
            "weekdays": [f"{day:%A}" for day in weeks[0]],
            "today": timezone.localdate(),
        },
    )


def _entries_between(request: HttpRequest, form: ScheduleFilter, first: date, last: date) -> list[Entry]:
    """The done and the upcoming entries of some days, in time order."""
    start = datetime.combine(first, time.min, EASTERN)
    end = datetime.combine(last + timedelta(days=1), time.min, EASTERN)
    rows = form.filter_rows(visible_rows(request.user, done().filter(at__gte=start, at__lt=end)))
    ahead = [entry for entry in coming() if start <= entry.at < end]
    entries = [*entries_of(list(rows)), *form.filter_entries(visible_entries(request.user, ahead))]
    return sorted(entries, key=lambda entry: entry.at)


def _by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.at.astimezone(EASTERN).date()].append(entry)
    return days


def _cell(day: date, entries: list[Entry], shown: int) -> Cell:
    return {"day": day, "entries": entries[:shown], "more": max(0, len(entries) - shown)}


def _requested_day(request: HttpRequest) -> date:
    """The day in the URL. Today, if there is none, or one in a year outside the calendar."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
    return day if FIRST_YEAR < day.year < LAST_YEAR else timezone.localdate()
