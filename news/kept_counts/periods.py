"""Where in time the visible items of a list are, so that only those of a few months are read for a part of it.

The number of items in each month is kept, of all items and of those that a single filter leaves.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from news.kept_counts.models import MONTH
from news.kept_counts.reading import KeptChoice, visible_counts, visible_counts_with
from site_core.page_cache.memoize import memoized

Items = TypeVar("Items", bound="QuerySet[Any]")


class Period(NamedTuple):
    """A month by its first day, or None for the items without a date, and the number of items in it."""

    month: date | None
    number: int


@memoized
def months() -> tuple[Period, ...]:
    """Every month with visible items, in the order of a list."""
    return _in_order(visible_counts())


@memoized
def months_with(choice: KeptChoice) -> tuple[Period, ...]:
    """Every month with visible items that have a value of a facet, in the order of a list."""
    return _in_order(visible_counts_with(choice))


def _in_order(counts: Mapping[KeptChoice, int]) -> tuple[Period, ...]:
    """The newest first. Items without a date come first or last, as the database orders them."""
    numbers = {value: number for (facet, value), number in counts.items() if facet == MONTH}
    undated = [Period(None, numbers.pop(""))] if "" in numbers else []
    dated = [Period(date.fromisoformat(f"{month}-01"), numbers[month]) for month in sorted(numbers, reverse=True)]
    return (*undated, *dated) if connection.features.nulls_order_largest else (*dated, *undated)


def part_of(items: Items, periods: Sequence[Period], first: int, last: int) -> Items:
    """From one position to before another, of the items of all periods, both given in the order of a list."""
    ends = accumulate(period.number for period in periods)
    # The periods of the part, with the position in the list of the first item of each.
    shown = [
        (period, end - period.number)
        for period, end in zip(periods, ends, strict=True)
        if end > first and end - period.number < last
    ]
    if not shown:
        return items.none()
    start = shown[0][1]
    return items.filter(_within([period for period, _ in shown]))[first - start : last - start]


def _within(consecutive: list[Period]) -> Q:
    """Return the condition for consecutive periods, one of which may be that of items without a date."""
    dated = [period.month for period in consecutive if period.month]
    condition = Q(first_day=None) if len(dated) < len(consecutive) else Q()
    if dated:
        condition |= Q(first_day__range=(min(dated), _end_of_month(max(dated))))
    return condition


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
