"""Pagination of long lists. Rows are counted up to a thousand: nobody reads further."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

ROWS_ON_A_PAGE = 20
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class ListPage:
    """One page of a list. `total` is the number of rows in the whole list; None for more than MOST_COUNTED."""

    number: int
    rows: Sequence[Any]
    total: int | None
    has_next: bool = False

    @property
    def pages(self) -> int | None:
        """The number of pages, or None for more rows than are counted. An empty list has one page."""
        return None if self.total is None else max(1, -(-self.total // ROWS_ON_A_PAGE))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def start_index(self) -> int:
        """The position of its first row in the list, counted from 1."""
        return first_of(self.number) + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def number_in(text: str) -> int:
    """The page number that a query string holds; 1 for "". Raises Http404 for anything that is no page number."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise Http404("That is not a page number.")
    return int(text or 1)


def first_of(number: int) -> int:
    """The position of a page's first row in the list, counted from 0."""
    return (number - 1) * ROWS_ON_A_PAGE


def page_counted_so_far(rows: QuerySet[Model], number: int) -> ListPage:
    """One page of an ordered queryset, in at most two queries. Raises Http404 for a page beyond the last."""
    first = first_of(number)
    found = list(rows[first : first + ROWS_ON_A_PAGE + 1])
    if first and not found:
        raise Http404("The list has no such page.")
    shown = found[:ROWS_ON_A_PAGE]
    has_next = len(found) > len(shown)
    total = first + len(found)
    if has_next and total <= MOST_COUNTED:
        total = rows.order_by()[: MOST_COUNTED + 1].count()
    return ListPage(number, shown, total if total <= MOST_COUNTED else None, has_next)
