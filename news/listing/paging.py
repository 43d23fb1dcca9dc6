"""Pages of the list of all news. A late page is read as fast as the first.

The number of items in each month is kept, so the months of the items of a page are known. Only the items of these
months are read.
"""

from calendar import monthrange
from datetime import date
from itertools import accumulate

from django.db import connection
from django.db.models import Q
from django.http import Http404

from news.items import NewsItemQuerySet
from news.kept_counts.models import MONTH
from news.kept_counts.reading import visible_counts
from site_core.fields.pagination import ROWS_ON_A_PAGE, ListPage, first_of
from site_core.page_cache.memoize import memoized

# The first day of a month (None for items without a date), and the number of items in the month.
Month = tuple[date | None, int]


@memoized
def months() -> tuple[Month, ...]:
    """Every month with visible items, in the order of the list."""
    counts = {value: number for (facet, value), number in visible_counts().items() if facet == MONTH}
    # Items without a date come first or last, as the database orders them.
    without = [(None, counts.pop(""))] if "" in counts else []
    dated = [(date.fromisoformat(f"{month}-01"), counts[month]) for month in sorted(counts, reverse=True)]
    return (*without, *dated) if connection.features.nulls_order_largest else (*dated, *without)


def page_of_all(items: NewsItemQuerySet, number: int) -> ListPage:
    """Return one page of all visible items, given in order. Raises Http404 for a page that does not exist."""
    all_months, first = months(), first_of(number)
    total = sum(count for _, count in all_months)
    if first >= max(total, 1):
        raise Http404("The list has no such page.")
    last = first + ROWS_ON_A_PAGE
    ends = accumulate(count for _, count in all_months)
    # The months of the page, with the position in the list of the first item of each.
    shown = [
        (month, end - count)
        for (month, count), end in zip(all_months, ends, strict=True)
        if end > first and end - count < last
    ]
    start = shown[0][1] if shown else first
    rows = items.filter(_in_months([month for month, _ in shown]))[first - start : last - start] if shown else []
    return ListPage(number, list(rows), total, has_next=last < total)


def _in_months(consecutive: list[date | None]) -> Q:
    """Return the condition for consecutive months, of which one may be None for items without a date."""
    dated = [month for month in consecutive if month]
    condition = Q(first_day=None) if len(dated) < len(consecutive) else Q()
    if dated:
        newest = max(dated)
        end = newest.replace(day=monthrange(newest.year, newest.month)[1])
        condition |= Q(first_day__range=(min(dated), end))
    return condition
