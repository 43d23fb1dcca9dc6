"""Text is cleaned of what cannot be stored or sent, and compared without what nobody sees."""

import unicodedata
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django import forms
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook  # type: ignore[import-untyped]

from site_core.fields.text import clean_text, comparable, is_visible

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text("a\u0301>\u0338\r\n\v\x00\ud800\u2028\ufeff\ufffe ")


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("Two\nlines", "Two lines", "Two\nlines"),
        ("Two\r\nlines", "Two lines", "Two\nlines"),
        ("A\vsoft\u2028break", "A soft break", "A\nsoft\nbreak"),
        ("A\ttab", "A tab", "A\ttab"),
        ("NUL\x00, bell\x07, half\ud83d, no\uffffthing", "NUL, bell, half, nothing", "NUL, bell, half, nothing"),
        ("\ufeffExample", "Example", "Example"),
        ("Com\u200bmu\u00adnity", "Community", "Com\u200bmu\u00adnity"),
        ("Cafe\u0301", "Café", "Café"),
        ("A\u200elong com\u200dmunity", "Along community", "A\u200elong com\u200dmunity"),
        ("👩\u200d🏫 Київ 北京 مثال", "👩\u200d🏫 Київ 北京 مثال", "👩\u200d🏫 Київ 北京 مثال"),
    ],
)
def test_what_cannot_be_stored_or_sent_is_left_out_and_everything_else_stays(
    typed: str, line: str, lines: str
) -> None:
    assert clean_text(typed, one_line=True) == line
    assert clean_text(typed, one_line=False) == lines


@given(ANY_TEXT)
def test_any_text_fits_a_mail_a_spreadsheet_and_a_feed(typed: str) -> None:
    line = clean_text(typed, one_line=True)
    assert len(line.splitlines()) <= 1
    EmailMessage(line, "Example", "a@example.org", ["b@example.org"]).message().as_bytes()
    workbook = Workbook()
    workbook.active.append([line, clean_text(typed, one_line=False)])
    workbook.save(BytesIO())
    feed = ElementTree.Element("title")
    feed.text = line
    ElementTree.fromstring(ElementTree.tostring(feed))  # noqa: S314 (our own)


@given(ANY_TEXT, st.booleans())
def test_cleaning_what_is_clean_changes_nothing(typed: str, one_line: bool) -> None:
    once = clean_text(typed, one_line=one_line)
    assert clean_text(once, one_line=one_line) == once


def test_a_tag_of_rich_text_survives_an_accent_behind_it() -> None:
    html = "<p>\u0338Cafe\u0301</p>"
    assert clean_text(html, one_line=False) == "<p>\u0338Café</p>"
    assert unicodedata.normalize("NFC", html).startswith("<p≯")


@pytest.mark.parametrize("typed", ["\u200b", "\u2060\ufeff", "\u200d \u00a0", "\x00", "\v"])
def test_what_nobody_sees_is_nothing(typed: str) -> None:
    assert not is_visible(clean_text(typed, one_line=True))
    with pytest.raises(forms.ValidationError, match="required"):
        forms.CharField().clean(typed)


def test_a_password_stays_as_it_was_typed() -> None:
    assert forms.CharField(widget=forms.PasswordInput, strip=False).clean("Cafe\u0301\t ") == "Cafe\u0301\t "


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St.\u00a0Paul", "St. Paul"),
        ("St.\u202f Paul ", "st. paul"),
        ("King’s", "King's"),
        ("King\u00b4s", "King‘s"),
        ("“Example”", '"Example"'),
        ("Winston\u2011Salem", "Winston-Salem"),
        ("2007–2010", "2007-2010"),
        ("Com\u200bmunity", "Community"),
        ("Malmo\u0308", "Malmö"),
        ("STRASSE", "straße"),
    ],
)
def test_two_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_two_names_are_not_the_same() -> None:
    assert len({comparable(name) for name in ("Malmo", "Malmö", "Malmö 2", "Київ", "Киев")}) == 5
