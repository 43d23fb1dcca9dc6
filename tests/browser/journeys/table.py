"""The table of the journeys, printed at the end of a test run: what was done, how, in how many steps."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import groupby
from typing import Any

from tests.plain_table import lines_of

PROPERTY = "journey"
KEYBOARD = "keyboard"
HEADINGS = ("task", "with", "clicks", "keys", "not text", "limit")


@dataclass(frozen=True)
class Row:
    """A task as one person did it, with the limits of the task. `moves` are the keys that are no text."""

    task: str
    way: str
    clicks: int
    keys: int
    moves: int
    most_clicks: int
    most_keys: int | None
    most_moves: int

    def as_property(self) -> tuple[str, list[Any]]:
        """As a test's report carries it, also from one process to another."""
        return PROPERTY, list(astuple(self))

    @property
    def limits(self) -> list[tuple[int, int, str]]:
        """Each count that is limited, its limit, and its name."""
        if self.way == KEYBOARD:
            return [(self.moves, self.most_moves, "keys that are not text")]
        keys = [] if self.most_keys is None else [(self.keys, self.most_keys, "keys")]
        return [(self.clicks, self.most_clicks, "clicks"), *keys]

    @property
    def faults(self) -> list[str]:
        return [f"{self.task}: {count} {name}, limit {most}" for count, most, name in self.limits if count > most]

    @property
    def cells(self) -> tuple[str, ...]:
        limit = ", ".join(f"{most} {name}" for _, most, name in self.limits)
        return self.task, self.way, str(self.clicks), str(self.keys), str(self.moves), limit


def table_of(reports: Iterable[Any]) -> Iterator[str]:
    """The lines of the table. There are none if no journey was made."""
    found = (Row(*value) for report in reports for name, value in report.user_properties if name == PROPERTY)
    rows = sorted(found, key=lambda row: row.task)
    same_tasks = (list(same) for _, same in groupby(rows, key=lambda row: row.task))
    named_once = ([first.cells, *(("", *row.cells[1:]) for row in others)] for first, *others in same_tasks)
    return lines_of(HEADINGS, [cells for rows_of_task in named_once for cells in rows_of_task])
