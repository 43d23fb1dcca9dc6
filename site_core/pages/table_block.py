"""The block of a table, typed or pasted as lines of text: a row each, with a sign between its cells."""

import re

from django.core.exceptions import ValidationError
from wagtail import blocks

# What stands between two cells. A spreadsheet puts a tab there.
BETWEEN = " | "
_CELLS = re.compile(r"[ ]?\|[ ]?|\t")
MOST_ROWS, MOST_COLUMNS = 100, 12
ONE_COLUMN = "A table has two columns or more: put | between the cells of a row."
UNEQUAL = "Line {line} has {cells}, and the first line has {columns}. Put | between them, also around an empty cell."
TOO_LARGE = f"A table has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns. Make it two."


def rows_of(text: str) -> list[list[str]]:
    """The cells of each line. Empty lines do not count."""
    return [[cell.strip() for cell in _CELLS.split(line.strip(" "))] for line in text.splitlines() if line.strip()]


class TableBlock(blocks.StructBlock):
    """A table whose first line names its columns."""

    caption = blocks.CharBlock(max_length=160, help_text="What the table shows, with its place and period.")
    rows = blocks.TextBlock(
        max_length=20_000,
        help_text="A line for each row, with | between its cells. Begin with the names of the columns: "
        "City | 2012 | 2017.",
    )

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        label = "Table"
        description = "Rows and columns, with a caption. A table pasted into a text becomes one."
        preview_value = {"caption": "Homicides in an example city", "rows": "Year | Homicides\n2012 | 31\n2017 | 14"}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        rows = rows_of(cleaned["rows"])
        if problem := problem_with(rows):
            raise blocks.StructBlockValidationError({"rows": ValidationError(problem)})
        cleaned["rows"] = "\n".join(BETWEEN.join(row) for row in rows)
        return cleaned

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Adds the names of the columns and the cells of the rows."""
        context: dict[str, object] = super().get_context(value, parent_context)
        columns, *rows = rows_of(value["rows"]) or [[]]
        return context | {"columns": columns, "rows": rows}


def problem_with(rows: list[list[str]]) -> str:
    """What keeps the rows from being a table, or ""."""
    columns = len(rows[0]) if rows else 0
    if not rows:
        return ""
    if columns == 1:
        return ONE_COLUMN
    if len(rows) > MOST_ROWS or columns > MOST_COLUMNS:
        return TOO_LARGE
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            return UNEQUAL.format(line=number, cells=_cells(len(row)), columns=columns)
    return ""


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"
