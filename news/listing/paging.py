"""Pages of the list of all news, and of what a single filter leaves. A late page is read as fast as the first."""

from collections.abc import Sequence

from django.http import Http404

from news.items import NewsItemQuerySet
from news.kept_counts.periods import Period, part_of
from site_core.fields.pagination import ROWS_ON_A_PAGE, ListPage, first_of


def page_of(items: NewsItemQuerySet, number: int, periods: Sequence[Period]) -> ListPage:
    """Return one page of the items of all periods, given in order. Raises Http404 for a page that does not exist."""
    first = first_of(number)
    total = sum(period.number for period in periods)
    if first >= max(total, 1):
        raise Http404("The list has no such page.")
    last = first + ROWS_ON_A_PAGE
    return ListPage(number, list(part_of(items, periods, first, last)), total, has_next=last < total)
