"""Reads CSV in every way that spreadsheet programs write it."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from news.archive.columns import fields_named
from news.archive.reading.encodings import named, open_text
from news.archive.reading.source import MAX_CELL, ArchiveError, Record, Source, column_names, plain_cell

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# The rows among which the headings are looked for: a title or empty lines may come first.
FIRST_ROWS = 10
Row = tuple[int, list[str]]

# The library's own limit is below ours, and holds for the whole process.
csv.field_size_limit(100 * MAX_CELL)


def read_delimited(path: Path, encoding: str) -> Source:
    """Raises ArchiveError for a file without rows or without headings."""
    delimiter, headings_at = _shape(path, encoding)
    rows = _rows(path, encoding, delimiter)
    columns = column_names(next(islice(rows, headings_at, None))[1])
    records = (_record(line, cells, columns, delimiter) for line, cells in rows)
    return Source("CSV", columns, records, [named(encoding), f"separated by {DELIMITERS[delimiter]}"])


def headings_in(rows: Iterable[list[str]]) -> tuple[int, int]:
    """Where the headings are among the first rows, and how many of them name a field: (0, 0) if none does."""
    number, known = max(
        ((number, len(fields_named(cells))) for number, cells in enumerate(rows)),
        key=lambda row: row[1],
        default=(0, 0),
    )
    return (number, known) if known else (0, 0)


def _shape(path: Path, encoding: str) -> tuple[str, int]:
    """The delimiter, and how many rows come before the headings."""
    found = {}
    for delimiter in DELIMITERS:
        first = [cells for _, cells in islice(_rows(path, encoding, delimiter), FIRST_ROWS)]
        if not first:
            raise ArchiveError("The file is empty.")
        headings_at, known = headings_in(first)
        found[delimiter] = (known, len(first[headings_at]), headings_at)
    best = max(found, key=lambda delimiter: found[delimiter][:2])
    return best, found[best][2]


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """The rows that are not empty, each with the line on which it begins."""
    with open_text(path, encoding) as file:
        reader = csv.reader((line.replace("\x00", "") for line in file), delimiter=delimiter, skipinitialspace=False)
        line = 1
        try:
            for cells in reader:
                plain = [plain_cell(cell, line) if cell.strip() else "" for cell in cells]
                # A space after a delimiter tells a comma of the text from one between two cells.
                kept = [
                    f" {text}" if cell[:1] == " " and text else text for cell, text in zip(cells, plain, strict=True)
                ]
                if any(plain):
                    yield line, kept
                line = reader.line_num + 1
        except csv.Error:
            raise ArchiveError(
                f"Line {line:,} cannot be read as CSV: look for a quotation mark that is not closed."
            ) from None


def _record(line: int, cells: list[str], columns: list[str], delimiter: str) -> Record:
    note = problem = ""
    while len(cells) > len(columns) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > len(columns):
        joined = _joined(cells, len(cells) - len(columns), delimiter)
        if joined:
            note = f"A {DELIMITERS[delimiter][:-1]} inside a cell had no quotation marks around the cell."
            cells = joined
        else:
            problem = (
                f"The row has {len(cells)} cells, and there are {len(columns)} headings. "
                "Put quotation marks around a cell that has a comma in it."
            )
    texts = [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))
    return Record(line, dict(zip(columns, texts, strict=False)), note, problem)


def _joined(cells: list[str], surplus: int, delimiter: str) -> list[str] | None:
    """The cells of a row with `surplus` too many, those put together that a comma of the text has cut.

    Such a comma has a space after it. None if there are more or fewer of these than cells too many.
    """
    cut = [number for number, cell in enumerate(cells) if number and cell.startswith(" ")]
    if len(cut) != surplus:
        return None
    joined: list[str] = []
    for number, cell in enumerate(cells):
        if number in cut:
            joined[-1] += f"{delimiter}{cell}"
        else:
            joined.append(cell)
    return joined
