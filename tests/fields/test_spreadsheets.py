"""Spreadsheet files run nothing, show every letter and open in columns."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from site_core.fields.spreadsheets import csv_lines, safe_cell

FORMULAS = [
    *('=HYPERLINK("https://example.org/")', "+1+1", "-1+1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "\u00a0=1"),
    *("\u200b=1", "\ufeff@A1", "  \t +1", "\x00=1", "\x0b=1", "＝1", "＋1", "－1", "＠A1", "\ttext", "\rtext"),
]


def rows_of(*rows: list[Any], delimiter: str = ",") -> list[list[str]]:
    text = b"".join(csv_lines(["First", "Second"], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str) -> None:
    assert str(safe_cell(formula)).startswith("'")
    assert rows_of([formula, ""])[1][0].startswith("'")


@pytest.mark.parametrize("text", ["", " ", "Boston", "1+1", "a=b", "'=1", "“=1”", "Київ", "2018–2019"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("value", [None, -5, -1.5, Decimal("-2"), date(2018, 4, 3), True])
def test_numbers_and_dates_stay_what_they_are(value: object) -> None:
    assert safe_cell(value) is value


def test_what_no_xlsx_file_can_hold_is_left_out() -> None:
    assert safe_cell("a\x0bb\x00c\ufffed\ud800") == "abcd"


def test_quotes_commas_and_lines_come_through_whole() -> None:
    text = 'A "quoted", long\nsentence; with\ttabs'
    assert rows_of([text, "b"]) == [["First", "Second"], [text, "b"]]


@pytest.mark.parametrize("text", ["a;=1", 'b";=1', "c; @A1", "d\t=1", "e\n=1", 'f\r\n"+1', "g;-1"])
def test_a_separator_of_another_country_begins_no_formula(text: str) -> None:
    for delimiter in ";\t":
        cells = [cell for row in rows_of(["first", text], [text, text], delimiter=delimiter) for cell in row]
        assert [cell for cell in cells if cell.strip(' \t\r\n"')[:1] in tuple("=+-@")] == []


def test_lists_with_dashes_stay_as_they_are() -> None:
    assert safe_cell("Two things:\n- one\n- two; - three") == "Two things:\n- one\n- two; - three"


def test_the_file_begins_with_a_byte_order_mark() -> None:
    assert next(csv_lines(["First", "Second"], [])) == b"\xef\xbb\xbfFirst,Second\r\n"
