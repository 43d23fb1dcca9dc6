"""What a file holds, whatever its form: columns with names, and records."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from site_core.fields.text import clean_text

MAX_ROWS = 200_000
MAX_CELL = 100_000
LONGEST_QUOTE = 60
# What reading puts in the place of a letter that the encoding does not have.
UNREADABLE = "\ufffd"
# What Excel shows in a cell whose formula comes to nothing.
EXCEL_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
NO_ROWS = "The file has headings, and no rows below them."


class ArchiveError(Exception):
    """The file cannot be imported. The message is one sentence for the person who chose it."""


@dataclass
class Record:
    """One row of a file.

    `line` is where it begins: a line of text, a row of a sheet, or its number in a list. `note` says what was guessed
    of its form, and `problem` why it cannot be read.
    """

    line: int
    cells: dict[str, str]
    note: str = ""
    problem: str = ""


@dataclass
class Source:
    """An open file. `guesses` says how it is read, such as “separated by semicolons”. `records` is read once."""

    form: str
    columns: list[str]
    records: Iterator[Record]
    guesses: list[str] = field(default_factory=list)


def plain_cell(value: str, line: int, *, one_line: bool = True) -> str:
    """The text of a cell without what cannot be stored. Raises ArchiveError for a cell that is too long."""
    if len(value) > MAX_CELL:
        raise ArchiveError(
            f"Line {line:,} has a cell of {len(value):,} characters, more than the {MAX_CELL:,} that a cell may have. "
            "Look for a quotation mark that is not closed."
        )
    text = clean_text(value, one_line=one_line)
    text = " ".join(text.split()) if one_line else text.strip()
    if text[:1] == "'" and text[1:2] in ("+", "-", "@"):
        # Our own CSV files keep spreadsheets from running such a cell as a formula.
        text = text[1:]
    return text


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def column_names(cells: list[str]) -> list[str]:
    """The names in a row of headings, one different from the other. A column without one is “Column 3”."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell or f"Column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names


def checked(records: Iterator[Record]) -> Iterator[Record]:
    """The records, each with what is wrong with it. Raises ArchiveError once there are more than a file may have."""
    for number, record in enumerate(records, 1):
        if number > MAX_ROWS:
            raise ArchiveError(f"The file has more than {MAX_ROWS:,} rows. Split it into several files.")
        formula = next((cell for cell in record.cells.values() if cell.startswith("=")), "")
        if formula and not record.problem:
            record.problem = f"A cell has a formula, “{shortened(formula)}”. Replace it by its value."
        error = next((cell for cell in record.cells.values() if cell in EXCEL_ERRORS), "")
        if error and not record.problem:
            record.problem = f"A cell has Excel’s error “{error}”. Replace it by its value, or empty it."
        if not record.note and any(UNREADABLE in cell for cell in record.cells.values()):
            record.note = f"A letter of it cannot be read. “{UNREADABLE}” stands in its place."
        yield record
