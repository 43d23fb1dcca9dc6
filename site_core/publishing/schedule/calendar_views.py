"""The schedule as a calendar: a month or a week, days by the clock in New York."""

from calendar import SUNDAY, Calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from site_core.publishing.eastern import EASTERN, FIRST_YEAR, LAST_YEAR
from site_core.publishing.schedule.entry import Entry
from site_core.publishing.schedule.forms import ScheduleFilter
from site_core.publishing.schedule.permissions import rows_seen_by, seen_by
from site_core.publishing.schedule.queries import coming, done, entries_of

WEEK = timedelta(days=7)
# Of more than this on one day the calendar says how many there are: a month leads to the week, a week to the list.
SHOWN_A_DAY = {"month": 4, "week": 50}


def month(request: HttpRequest) -> HttpResponse:
    """The weeks of the month that holds the day asked for."""
    first = _day_asked_for(request).replace(day=1)
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
    """The week, from Sunday on, that holds the day asked for."""
    day = _day_asked_for(request)
    first = day - timedelta(days=day.isoweekday() % 7)
    days = [first + timedelta(days=number) for number in range(7)]
    name = f"Week of {first:%B} {first.day}, {first.year}"
    about = {"name": name, "span": "week", "shown_day": first, "before": first - WEEK, "after": first + WEEK}
    return _calendar(request, [days], about)


def _calendar(request: HttpRequest, weeks: list[list[date]], about: dict[str, Any]) -> HttpResponse:
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
    """What has happened and what is going to, in time order."""
    start = datetime.combine(first, time.min, EASTERN)
    end = datetime.combine(last + timedelta(days=1), time.min, EASTERN)
    rows = form.of_rows(rows_seen_by(request.user, done().filter(at__gte=start, at__lt=end)))
    ahead = [entry for entry in coming() if start <= entry.at < end]
    entries = [*entries_of(list(rows)), *form.of_entries(seen_by(request.user, ahead))]
    return sorted(entries, key=lambda entry: entry.at)


def _by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.at.astimezone(EASTERN).date()].append(entry)
    return days


def _cell(day: date, entries: list[Entry], shown: int) -> dict[str, Any]:
    return {"day": day, "entries": entries[:shown], "more": max(0, len(entries) - shown)}


def _day_asked_for(request: HttpRequest) -> date:
    """Today for anything that is not a day of a year that the calendar reaches."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
    return day if FIRST_YEAR < day.year < LAST_YEAR else timezone.localdate()
