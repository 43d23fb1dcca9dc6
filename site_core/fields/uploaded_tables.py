"""Tables that people upload: CSV in every way that spreadsheet programs write it, and XLSX."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.files import File

from site_core.fields.text import clean_text

MAX_BYTES = 5_000_000
# An XLSX file is compressed. What it holds is limited too, before it is opened.
MAX_UNPACKED_BYTES = 50_000_000
_DELIMITERS = ",;\t"


def rows_of(file: "File[bytes]") -> list[list[str]]:
    """The rows that are not empty, each with as many cells as the longest.

    Raises ValidationError with what is wrong with the file.
    """
    if file.size > MAX_BYTES:
        raise ValidationError("The file is larger than 5 MB. Split it into several.")
    content = file.read()
    cells = _cells_of_workbook(content) if content.startswith(b"PK\x03\x04") else _cells_of_text(content)
    rows = [row for row in ([clean_text(cell, one_line=True).strip() for cell in row] for row in cells) if any(row)]
    if not rows:
        raise ValidationError("The file has no rows.")
    width = max(len(row) for row in rows)
    return [row + [""] * (width - len(row)) for row in rows]


def _cells_of_text(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first_line = text.lstrip().partition("\n")[0]
    try:
        # Excel writes semicolons where a comma is the decimal sign.
        delimiter = max(_DELIMITERS, key=lambda each: len(next(csv.reader([first_line], delimiter=each), [])))
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise ValidationError("The file could not be read. Save it as CSV or as an Excel workbook.") from None


def _decoded(content: bytes) -> str:
    """The text in the encoding that its first bytes name, in UTF-8, or in that of Excel on Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cells_of_workbook(content: bytes) -> list[list[str]]:
    """The cells of the first sheet."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        unpacked = sum(entry.file_size for entry in ZipFile(BytesIO(content)).infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise ValidationError("The workbook is too large. Split it into several.")
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return [[_words(value) for value in row] for row in workbook.worksheets[0].iter_rows(values_only=True)]
    except (BadZipFile, KeyError, ValueError, IndexError, OSError, AttributeError, TypeError):
        raise ValidationError("The workbook could not be read. Open it in Excel and save it again.") from None


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
