"""The list of all news, of which any page is found without looking at those before it.

How many items each month has is memoized for as long as nothing changes, so it is known in which months the items of
a page stand; only those are read.
"""

from calendar import monthrange
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import Http404

from news.items import NewsItemPage, NewsItemQuerySet
from site_core.fields.pagination import ROWS_ON_A_PAGE, ListPage, first_of
from site_core.page_cache.memoize import memoized

# A month by its first day (None where no date is recorded), and the number of its items.
Month = tuple[date | None, int]


@memoized
def months() -> tuple[Month, ...]:
    """Of every month with visible items, in the order of the list."""
    items: Any = NewsItemPage.objects.visible().order_by()
    by_month = items.annotate(month=TruncMonth("first_day")).values_list("month")
    return tuple(by_month.annotate(number=Count("pk")).order_by("-month"))


def page_of_all(items: NewsItemQuerySet, number: int) -> ListPage:
    """One page of all visible items, given in their order. Raises Http404 for a page there is none of."""
    known, first = months(), first_of(number)
    total = sum(number for _, number in known)
    if first >= max(total, 1):
        raise Http404("The list has no such page.")
    last = first + ROWS_ON_A_PAGE
    ends = accumulate(number for _, number in known)
    # Each month that has some of the items, and the place in the list at which it begins.
    shown = [
        (month, end - number)
        for (month, number), end in zip(known, ends, strict=True)
        if end > first and end - number < last
    ]
    begins = shown[0][1] if shown else first
    rows = items.filter(_in_months([month for month, _ in shown]))[first - begins : last - begins] if shown else []
    return ListPage(number, list(rows), total, has_next=last < total)


def _in_months(found: list[date | None]) -> Q:
    """Months that follow one another, of which one may be that of the items without a date."""
    dated = [month for month in found if month]
    asked = Q(first_day=None) if len(dated) < len(found) else Q()
    if dated:
        newest = max(dated)
        end = newest.replace(day=monthrange(newest.year, newest.month)[1])
        asked |= Q(first_day__range=(min(dated), end))
    return asked
