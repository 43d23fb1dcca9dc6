"""Tables that a test run prints at its end."""

from collections.abc import Iterable, Iterator, Sequence


def lines_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table whose columns are as wide as their widest cell. There are none without rows."""
    rows = list(rows)
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for cells in (headings, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
