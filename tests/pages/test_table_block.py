"""A table is typed or pasted as lines, a row each, and is a real table on the page."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks import StructBlockValidationError

from site_core.pages.table_block import ONE_COLUMN, TOO_LARGE, TableBlock

BLOCK = TableBlock()


def cleaned(rows: str, caption: str = "Homicides in Oakland, 2012 and 2017") -> Any:
    return BLOCK.clean(BLOCK.to_python({"caption": caption, "rows": rows}))


def test_lines_become_rows_whatever_stands_between_the_cells() -> None:
    value = cleaned("Year|Homicides\n\n2012 |126\r\n2017\t74\n | none")
    assert value["rows"] == "Year | Homicides\n2012 | 126\n2017 | 74\n | none"
    table = BeautifulSoup(BLOCK.render(value), "html.parser")
    assert [cell.get_text() for cell in table.select("thead th[scope=col]")] == ["Year", "Homicides"]
    assert [row.get_text(" ", strip=True) for row in table.select("tbody tr")] == ["2012 126", "2017 74", "none"]
    assert table.caption and table.caption.get_text() == "Homicides in Oakland, 2012 and 2017"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("Year", ONE_COLUMN),
        ("A | B\n1 | 2\n3", "Line 3 has 1 cell, and the first line has 2."),
        ("A | B\n1 | 2 | 3", "Line 2 has 3 cells, and the first line has 2."),
        ("A | B\n" * 101, TOO_LARGE),
        (" | ".join("ABCDEFGHIJKLM"), TOO_LARGE),
    ],
)
def test_what_is_no_table_is_refused_in_words(rows: str, sentence: str) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(rows)
    assert sentence in " ".join(refused.value.block_errors["rows"].messages)


def test_an_empty_one_is_drawn_empty() -> None:
    assert "<tbody>" in BLOCK.render(BLOCK.to_python({"caption": "", "rows": ""}))
