"""The table of the faults, printed at the end of a test run: what visitors, editors and signals got meanwhile."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from tests.plain_table import lines_of

PROPERTY = "fault"
HEADINGS = ("fault", "visitors", "editors", "signals", "slowest", "limit")
Heading = Literal["visitors", "editors", "signals", "slowest", "limit"]


def table_of(reports: Iterable[Any]) -> Iterator[str]:
    """The lines of the table, a row for each fault. There are none if no fault was seen."""
    rows: dict[str, dict[str, list[str]]] = {}
    for report in reports:
        for fault, heading, words in (value for name, value in report.user_properties if name == PROPERTY):
            rows.setdefault(fault, {}).setdefault(heading, []).append(words)
    return lines_of(
        HEADINGS, [[fault, *("; ".join(seen.get(name, [])) for name in HEADINGS[1:])] for fault, seen in rows.items()]
    )
