"""Long lists, a page at a time. Nobody reads a thousand lines, so beyond that many none are counted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

ROWS_ON_A_PAGE = 20
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class ListPage:
    """One page of a list. `total` is how many rows there are in all; None for more than are counted."""

    number: int
    rows: list[Any]
    total: int | None
    has_next: bool = False

    @property
    def pages(self) -> int | None:
        """How many there are, as far as the rows are counted; an empty list is one page."""
        return None if self.total is None else max(1, -(-self.total // ROWS_ON_A_PAGE))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def start_index(self) -> int:
        """The place of its first row in the list, counted from 1."""
        return first_of(self.number) + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def number_in(text: str) -> int:
    """The number of a page, as an address gives it; 1 for "". Raises Http404 for what is no number of a page."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise Http404("That is not a page number.")
    return int(text or 1)


def first_of(number: int) -> int:
    """The place of the first row of a page in the list, counted from 0."""
    return (number - 1) * ROWS_ON_A_PAGE


def page_counted_so_far(rows: QuerySet[Any], number: int) -> ListPage:
    """A page of an ordered list, in two queries at most. Raises Http404 for a page there is none of."""
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
