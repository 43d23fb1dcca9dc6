"""Pages of the list of all news, and of what a single filter leaves. A late page is read as fast as the first.

The number of items in each month is kept, and in each year under a filter. So the periods of the items of a page are
known, and only the items of these periods are read.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.http import Http404

from news.items import NewsItemQuerySet
from news.kept_counts.models import MONTH, YEAR
from news.kept_counts.reading import KeptChoice, visible_counts, visible_counts_with
from site_core.fields.pagination import ROWS_ON_A_PAGE, ListPage, first_of
from site_core.page_cache.memoize import memoized


class Period(NamedTuple):
    """Its first and last day (None for items without a date), and the number of items in it."""

    days: tuple[date, date] | None
    number: int


@memoized
def months() -> tuple[Period, ...]:
    """Every month with visible items, in the order of the list."""
    counts = {value: number for (facet, value), number in visible_counts().items() if facet == MONTH}
    undated = counts.pop("", 0)
    first_days = {date.fromisoformat(f"{month}-01"): number for month, number in counts.items()}
    return _in_order([Period((day, _end_of_month(day)), number) for day, number in first_days.items()], undated)


@memoized
def years_with(choice: KeptChoice) -> tuple[Period, ...]:
    """Every year with visible items that have a value of a facet, which is not the year, in the order of the list."""
    counts = {int(year): n for (facet, year), n in visible_counts_with(choice).items() if facet == YEAR}
    undated = visible_counts().get(choice, 0) - sum(counts.values())
    return _in_order([Period((date(year, 1, 1), date(year, 12, 31)), n) for year, n in counts.items()], undated)


def _in_order(dated: list[Period], undated: int) -> tuple[Period, ...]:
    """The newest first. Items without a date come first or last, as the database orders them."""
    dated.sort(key=lambda period: period.days or (), reverse=True)
    without = [Period(None, undated)] if undated else []
    return (*without, *dated) if connection.features.nulls_order_largest else (*dated, *without)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def page_of(items: NewsItemQuerySet, number: int, periods: Sequence[Period]) -> ListPage:
    """Return one page of the items of all periods, given in order. Raises Http404 for a page that does not exist."""
    first = first_of(number)
    total = sum(period.number for period in periods)
    if first >= max(total, 1):
        raise Http404("The list has no such page.")
    last = first + ROWS_ON_A_PAGE
    ends = accumulate(period.number for period in periods)
    # The periods of the page, with the position in the list of the first item of each.
    shown = [
        (period, end - period.number)
        for period, end in zip(periods, ends, strict=True)
        if end > first and end - period.number < last
    ]
    start = shown[0][1] if shown else first
    rows = items.filter(_within([period for period, _ in shown]))[first - start : last - start] if shown else []
    return ListPage(number, list(rows), total, has_next=last < total)


def _within(consecutive: list[Period]) -> Q:
    """Return the condition for consecutive periods, one of which may be that of items without a date."""
    dated = [period.days for period in consecutive if period.days]
    condition = Q(first_day=None) if len(dated) < len(consecutive) else Q()
    if dated:
        condition |= Q(first_day__range=(min(dated)[0], max(dated)[1]))
    return condition
