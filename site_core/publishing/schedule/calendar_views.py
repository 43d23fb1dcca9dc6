"""The schedule as a calendar of a month or a week, by days in New York."""

from calendar import SUNDAY, Calendar
from collections import defaultdict
from datetime import date, datetime, time, timedelta

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


def month(request: HttpRequest) -> HttpResponse:
    """The weeks of the month that contains the requested day."""
    first = _requested_day(request).replace(day=1)
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    return _calendar(
        request,
        weeks,
        "month",
        name=f"{first:%B %Y}",
        shown_day=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=31)).replace(day=1),
    )


def week(request: HttpRequest) -> HttpResponse:
    """The week from Sunday on that contains the requested day."""
    day = _requested_day(request)
    first = day - timedelta(days=day.isoweekday() % 7)
    days = [first + timedelta(days=offset) for offset in range(7)]
    name = f"Week of {first:%B} {first.day}, {first.year}"
    return _calendar(request, [days], "week", name=name, shown_day=first, before=first - WEEK, after=first + WEEK)


def _calendar(request: HttpRequest, weeks: list[list[date]], span: str, **about: object) -> HttpResponse:
    """The page. `about` is what the template shows about the month or the week."""
    form = ScheduleFilter(request.GET)
    entries = _entries_between(request, form, weeks[0][0], weeks[-1][-1])
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.at.astimezone(EASTERN).date()].append(entry)
    return render(
        request,
        "publishing/schedule/calendar.html",
        {
            **about,
            "span": span,
            "form": form,
            "has_entries": bool(entries),
            "weeks": [[_cell(day, by_day[day], SHOWN_A_DAY[span]) for day in days] for days in weeks],
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


def _cell(day: date, entries: list[Entry], shown: int) -> dict[str, object]:
    """One day of the calendar. `more` counts the entries that are not shown."""
    return {"day": day, "entries": entries[:shown], "more": max(0, len(entries) - shown)}


def _requested_day(request: HttpRequest) -> date:
    """The day in the URL. Today, if there is none, or one in a year outside the calendar."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
    return day if FIRST_YEAR < day.year < LAST_YEAR else timezone.localdate()
