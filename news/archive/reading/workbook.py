"""Reads the sheet of an Excel workbook that has the list, with its dates as they are shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from news.archive.columns import fields_named
from news.archive.reading.delimited import FIRST_ROWS, Row, headings_in
from news.archive.reading.source import ArchiveError, Record, Source, column_names, plain_cell

# A workbook is compressed. What it holds is limited before it is opened; the texts of its cells are read at once.
MAX_UNPACKED_BYTES = 300_000_000
MAX_TEXT_BYTES = 60_000_000
MAX_PARTS = 2_000
NOT_READ = "The workbook cannot be read. Open it in Excel, and save it again as an Excel workbook (.xlsx)."
# No workbook declares a document type. An entity bomb has to.
_DECLARATION = b"<!DOCTYPE"
_BEGINNING = 65_536
# The last row that Excel has.
_LAST_ROW = 1_048_576
# Days by which the numbers of days of a workbook that counts them from 1904, as Macs did, are too low.
_LATER_BY = 1_462
_FAULTS = (
    *(BadZipFile, KeyError, ValueError, IndexError, OSError, AttributeError, TypeError, NotImplementedError),
    *(EOFError, SyntaxError, ZlibError),
)


def read_workbook(path: Path) -> Source:
    """Raises ArchiveError for what is no workbook, has no rows, or would not fit into memory."""
    # Takes five megabytes of each web process that reads a workbook, and of no other.
    from openpyxl import load_workbook  # type: ignore[import-untyped]
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

    try:
        _require_size(path)
        values = load_workbook(path, read_only=True, data_only=True)
        formulas = load_workbook(path, read_only=True, data_only=False)
        sheets = [
            sheet for pair in zip(values.worksheets, formulas.worksheets, strict=True) if (sheet := _begun(*pair))
        ]
    except _FAULTS:
        raise ArchiveError(NOT_READ) from None
    if not sheets:
        raise ArchiveError("The workbook is empty.")
    # Notes may stand on a sheet before the list.
    sheet = max(sheets, key=lambda sheet: sheet.known)
    columns = column_names(sheet.first[sheet.headings_at][1])
    rows = chain(sheet.first[sheet.headings_at + 1 :], sheet.rows)
    records = _records(rows, columns, later_by=_LATER_BY if values.epoch == CALENDAR_MAC_1904 else 0)
    return Source("Excel workbook", columns, records, [f"sheet “{sheet.title}”"])


@dataclass
class _Sheet:
    """A sheet whose first rows are read. `known` is how many of its headings name a field."""

    title: str
    first: list[Row]
    rows: Iterator[Row]
    headings_at: int
    known: int


def _begun(values: Any, formulas: Any) -> _Sheet | None:
    """The sheet, None if it has no rows."""
    rows = _rows(values, formulas)
    first = list(islice(rows, FIRST_ROWS))
    return _Sheet(values.title, first, rows, *headings_in(cells for _, cells in first)) if first else None


def _require_size(path: Path) -> None:
    with ZipFile(path) as workbook:
        parts = workbook.infolist()
        if "xl/workbook.xml" not in workbook.namelist():
            raise ArchiveError("The file is not an Excel workbook.")
        texts = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
        if (
            len(parts) > MAX_PARTS
            or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES
            or texts > MAX_TEXT_BYTES
        ):
            raise ArchiveError("The workbook is too large once it is unpacked. Split it into several.")
        for part in parts:
            with workbook.open(part) as file:
                if _DECLARATION in file.read(_BEGINNING):
                    raise ArchiveError(NOT_READ)


def _rows(values: Any, formulas: Any) -> Iterator[Row]:
    """The rows that are not empty, each with its number."""
    for sheet in (values, formulas):
        # Some programs write a size that is too small, and what is beyond it would be left out.
        sheet.reset_dimensions()
    pairs = zip(
        values.iter_rows(max_row=_LAST_ROW), formulas.iter_rows(max_row=_LAST_ROW, values_only=True), strict=False
    )
    for number, (cells, written) in enumerate(pairs, 1):
        texts = [_text(cell, formula, number) for cell, formula in zip(cells, written, strict=False)]
        if any(texts):
            yield number, texts


def _text(cell: Any, formula: object, line: int) -> str:
    """A cell as it is shown. A formula is what it came to when the workbook was saved."""
    value = cell.value
    if value is None:
        # A formula that no program has worked out is shown as it is.
        return plain_cell(str(formula), line) if isinstance(formula, str) else ""
    if isinstance(value, datetime | date):
        return _shown_date(value, str(cell.number_format))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain_cell(str(value), line)


def _shown_date(value: date, number_format: str) -> str:
    """A date with as many parts as its format shows: “April 2016” for what Excel shows as “Apr-16”."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    if "y" in shown and "d" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def _records(rows: Iterator[Row], columns: list[str], *, later_by: int) -> Iterator[Record]:
    date = fields_named(columns).get("date", "")
    try:
        for line, cells in rows:
            surplus = [cell for cell in cells[len(columns) :] if cell]
            problem = f"The row has more cells than there are headings: “{surplus[0]}”." if surplus else ""
            texts = [*cells, *[""] * (len(columns) - len(cells))]
            found = dict(zip(columns, texts, strict=False))
            if later_by and re.fullmatch(r"\d{5}", found.get(date, "")):
                found[date] = str(int(found[date]) + later_by)
            yield Record(line, found, problem=problem)
    except _FAULTS:
        raise ArchiveError(NOT_READ) from None
