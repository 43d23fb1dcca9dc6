"""Files for spreadsheet programs: no cell is run as a formula, and Excel finds the letters and the columns.

Wagtail's exports follow the same rules: `connect` replaces two methods of the mixin that all of them share.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any
from unicodedata import normalize

# By the byte order mark, Excel recognizes UTF-8.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA_SIGNS = frozenset("=+-@")
# Programs in other countries begin a cell at a semicolon or a tab, too, and some at a new line in a cell.
_FORMULA_INSIDE = re.compile(r"([;\t\r\n][\s\"]{0,40})(?=[=@]|[+-]\S)")
# What no file of this kind can hold. In an XLSX file it would make the whole export fail.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: object) -> object:
    """The value as a cell that no program runs as a formula. Numbers and dates stay what they are.

    Programs skip spaces and invisible characters before a formula.
    """
    if value is None or isinstance(value, int | float | Decimal | date | time):
        return value
    text = _FORBIDDEN.sub("", str(value))
    first = next((character for character in text if character.isprintable() and not character.isspace()), "")
    # Excel reads the full-width forms of the signs, too.
    is_formula = normalize("NFKC", first)[:1] in _FORMULA_SIGNS or text[:1] in ("\t", "\r", "\n")
    start = len(text) - len(text.lstrip())
    text = text[:start] + _FORMULA_INSIDE.sub(r"\1'", text[start:])
    return f"'{text}" if is_formula else text


def csv_lines(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The lines of a CSV file."""
    writer = csv.writer(_Line())
    yield (BYTE_ORDER_MARK + writer.writerow(headings)).encode()
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row]).encode()


class _Line:
    """A file that returns what is written to it."""

    def write(self, text: str) -> str:
        return text


def connect() -> None:
    """Called once, when the apps are loaded: every export of Wagtail's admin is made of safe cells, too."""
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    stock_value = SpreadsheetExportMixin.preprocess_field_value

    def safe_value(view: Any, field: str, value: object, export_format: str) -> object:
        value = stock_value(view, field, value, export_format)
        # `csv_lines` makes the cells of a CSV file safe.
        return safe_cell(value) if export_format == view.FORMAT_XLSX else value

    SpreadsheetExportMixin.preprocess_field_value = safe_value
    SpreadsheetExportMixin.stream_csv = _stream_csv


def _stream_csv(view: Any, queryset: Iterable[object]) -> Iterator[bytes]:
    """Wagtail's method with our lines."""
    headings = [view.get_heading(queryset, field) for field in view.list_export]
    rows = (
        [view.preprocess_field_value(field, value, view.FORMAT_CSV) for field, value in view.to_row_dict(item).items()]
        for item in queryset
    )
    return csv_lines(headings, rows)
