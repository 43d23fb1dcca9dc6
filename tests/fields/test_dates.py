"""Dates: what Americans type is understood, and the rest is refused with a sentence. Nothing is guessed."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.admin.filters import DateRangePickerWidget

from site_core.fields.dates import day_in_words, parse_day
from site_core.fields.typed_dates import Typed, TypedDateBlock, TypedDateInput
from tests import factories

SPELLINGS = """03/15/2027 3/15/2027 3/15/27 3-15-2027 3.15.27 2027-03-15 2027/3/15; March 15, 2027; march 15 2027
Mar. 15, 2027; Mar 15 2027; March 15th, 2027; 15 March 2027; 15 Mar. 2027; Monday, March 15, 2027
Mon., March 15, 2027; March 15, '27""".replace("\n", "; ")
TYPED = [
    spelling
    for group in SPELLINGS.split("; ")
    for spelling in (group.split() if group[0].isdigit() and "/" in group else [group])
]


@pytest.mark.one_database
@pytest.mark.parametrize("typed", TYPED)
@time_machine.travel("2026-11-30T12:00-05:00")
def test_what_americans_type_is_the_day_they_mean(typed: str) -> None:
    assert parse_day(typed) == forms.DateField().clean(typed) == date(2027, 3, 15)


@time_machine.travel("2026-11-30T12:00-05:00")
@pytest.mark.parametrize(("typed", "year"), [("1/2/36", 2036), ("1/2/37", 1937), ("1/2/98", 1998), ("1/2/00", 2000)])
def test_two_digits_of_a_year_are_never_far_ahead(typed: str, year: int) -> None:
    assert parse_day(typed) == date(year, 1, 2)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("next week", "“next week” is not a date. Write it like 3/15/2027 or March 15, 2027."),
        ("20270315", "is not a date"),
        ("3/15", "Add the year to “3/15”."),
        ("March 15", "Add the year to “March 15”."),
        ("March 2027", "Add the day, such as March 15, 2027."),
        ("2027", "Add the month and the day, such as March 15, 2027."),
        ("15/3/2027", "There is no month 15. The month comes first, as in 3/15/2027."),
        ("2/29/2027", "There is no February 29, 2027. Check the day."),
        ("March 0, 2027", "There is no March 0, 2027."),
        ("Tuesday, March 15, 2027", "March 15, 2027, is a Monday. Check the date."),
        ("0000-01-01", "There is no year 0."),
        ("Marck 15, 2027", "is not a date"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        forms.DateField().clean(typed)
    assert sentence in refused.value.messages[0]


def test_a_day_is_written_as_the_associated_press_writes_it() -> None:
    assert day_in_words(date(2027, 3, 15)) == "Mon., March 15, 2027"
    assert day_in_words(date(2026, 9, 3)) == "Thu., Sept. 3, 2026"


class CheckForm(forms.Form):
    on = forms.DateField(widget=TypedDateInput, required=False)


@time_machine.travel("2026-11-30T12:00-05:00")
@pytest.mark.parametrize(("typed", "asked"), [("1/2/1880", "before 1900"), ("1/2/2107", "more than 10 years ahead")])
def test_an_unusual_year_is_questioned_once(typed: str, asked: str) -> None:
    first = CheckForm({"on": typed, "on_shown": ""})
    assert asked in first.errors["on"][0]
    box = first.as_p()
    assert f'name="on_shown" value="{typed}"' in box
    assert CheckForm({"on": typed, "on_shown": typed}).is_valid()
    # Another value is another question, and what is stored is none.
    assert not CheckForm({"on": "1/3/1880", "on_shown": "1/2/1880"}).is_valid()
    stored = CheckForm(initial={"on": date(1880, 1, 2)}).as_p()
    assert 'name="on_shown" value="Jan. 2, 1880"' in stored


def test_what_was_typed_is_shown_again_as_it_was_typed() -> None:
    assert 'value="3/15/2027"' in CheckForm({"on": "3/15/2027", "on_shown": ""}).as_p()
    stored = CheckForm(initial={"on": date(2027, 3, 15)}).as_p()
    assert 'value="March 15, 2027"' in stored
    assert "<output>Mon., March 15, 2027</output>" in stored


def test_no_date_box_of_the_admin_has_a_calendar_that_changes_what_is_typed() -> None:
    for widget in (DateRangePickerWidget(), TypedDateBlock().field.widget):
        html = widget.render("on", None, {"id": "on"})
        assert "<typed-date" in html
        assert "initDateChooser" not in html


def test_a_block_takes_what_a_form_takes() -> None:
    block = TypedDateBlock(required=False)
    typed = block.value_from_datadict({"on": "March 15, 2027"}, {}, "on")
    assert block.clean(typed) == date(2027, 3, 15)
    with pytest.raises(ValidationError):
        block.clean(Typed("March 15"))
    assert block.clean("") is None


@pytest.mark.parametrize(
    ("reader", "typed", "answer"),
    [
        ("day", "3/15/27", {"words": "Mon., March 15, 2027", "value": "2027-03-15"}),
        ("day", "soon", {"refused": "“soon” is not a date. Write it like 3/15/2027 or March 15, 2027."}),
        ("partial", "3/2019", {"words": "March 2019", "value": "2019-03"}),
        ("since", "mid-1990s", {"words": "mid-1990s", "value": "mid-1990s"}),
        ("since", "4/2018", {"words": "April 2018", "value": "April 2018"}),
        ("eastern", "3/15/2027T09:00", {"value": "2027-03-15T13:00:00+00:00"}),
        ("eastern", "3/15/2027", {"words": "Mon., March 15, 2027", "value": ""}),
        ("eastern", "3/15/2127", {"words": "Sat., March 15, 2127. 2127 is more than 10 years ahead."}),
        (
            *("eastern", "3/15/2127T09:00"),
            {"words": "Sat., March 15, 2127, 9:00 a.m. ET. 2127 is more than 10 years ahead."},
        ),
        ("no-such-reader", "3/15/27", {}),
        ("day", " ", {}),
    ],
)
def test_the_admin_says_what_it_understands(site_tree: Any, reader: str, typed: str, answer: dict[str, str]) -> None:
    client = Client()
    client.force_login(factories.UserFactory(role="Author"))
    said = client.get(reverse("read_date"), {"as": reader, "typed": typed}).json()
    assert said | answer == said
