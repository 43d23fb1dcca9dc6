"""A date stays as exact as it was entered: typed, stored, printed and typed again."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from news.partial_date import EXAMPLES, PartialDate, PartialDateField, PartialDateFormField, PartialDateInput

days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
partial_dates = st.one_of(
    days.map(lambda day: PartialDate(day.year)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year, day.month, day.day)),
)


@given(partial_dates)
def test_stored_and_printed_it_is_the_same_date(found: PartialDate) -> None:
    assert PartialDate.from_iso(found.iso) == found
    assert PartialDate.from_typed(str(found)) == found
    assert PartialDate.from_typed(found.iso) == found


@given(partial_dates, partial_dates)
def test_it_sorts_by_its_first_day(one: PartialDate, other: PartialDate) -> None:
    assert (one.first_day < other.first_day) <= (one.iso < other.iso)


@pytest.mark.parametrize(
    ("typed", "printed", "iso"),
    [
        ("2018", "2018", "2018"),
        ("April 2018", "April 2018", "2018-04"),
        ("april 2018", "April 2018", "2018-04"),
        ("Apr 2018", "April 2018", "2018-04"),
        ("Apr. 2018", "April 2018", "2018-04"),
        ("4/2018", "April 2018", "2018-04"),
        ("2018-04", "April 2018", "2018-04"),
        ("September 2018", "September 2018", "2018-09"),
        ("Sept. 2018", "September 2018", "2018-09"),
        ("sept 2018", "September 2018", "2018-09"),
        ("April 3, 2018", "April 3, 2018", "2018-04-03"),
        ("  April   3  2018 ", "April 3, 2018", "2018-04-03"),
        ("3 April 2018", "April 3, 2018", "2018-04-03"),
        ("4/3/2018", "April 3, 2018", "2018-04-03"),
        ("2018-04-03", "April 3, 2018", "2018-04-03"),
        ("Feb. 29, 2016", "Feb. 29, 2016", "2016-02-29"),
    ],
)
def test_as_an_author_would_write_it(typed: str, printed: str, iso: str) -> None:
    found = PartialDate.from_typed(typed)
    assert (str(found), found.iso) == (printed, iso)


def test_months_as_the_associated_press_writes_them() -> None:
    assert [str(PartialDate(2018, month, 9)).split()[0] for month in range(1, 13)] == [
        "Jan.",
        "Feb.",
        "March",
        "April",
        "May",
        "June",
        "July",
        "Aug.",
        "Sept.",
        "Oct.",
        "Nov.",
        "Dec.",
    ]
    assert [str(PartialDate(2018, month)).split()[0] for month in (1, 9)] == ["January", "September"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("yesterday", f"“yesterday” is not a date. {EXAMPLES}"),
        ("18", f"“18” is not a date. {EXAMPLES}"),
        ("20180403", f"“20180403” is not a date. {EXAMPLES}"),
        ("April", f"Add the year to “April”. {EXAMPLES}"),
        ("April 31, 2018", "There is no April 31, 2018. Check the day."),
        ("Feb. 29, 2018", "There is no February 29, 2018. Check the day."),
        ("13/2018", "There is no month 13. The month comes first, as in 3/15/2027."),
        ("2018-13", "There is no month 13. The month comes first, as in 3/15/2027."),
        ("0000", "There is no year 0. Check the year."),
    ],
)
def test_what_is_not_a_date_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PartialDateFormField().clean(typed)
    assert refused.value.messages == [sentence]


@time_machine.travel("2026-11-30T12:00-05:00")
@pytest.mark.parametrize(
    ("typed", "asked"),
    [("1880", "before 1900"), ("April 1880", "before 1900"), ("2107", "more than 10 years ahead")],
)
def test_an_unusual_year_is_questioned_once(typed: str, asked: str) -> None:
    def typed_over(shown: str) -> str:
        return PartialDateInput().value_from_datadict({"date": typed, "date_shown": shown}, {}, "date")

    with pytest.raises(ValidationError, match=asked):
        PartialDateFormField().clean(typed_over("2018"))
    assert PartialDateFormField().clean(typed_over(typed)) == PartialDate.from_typed(typed)


@pytest.mark.parametrize("stored", ["April 2018", "2018-4", "2018-13", "2018-02-30", "2018-04-03T00:00", "0000"])
def test_what_the_database_cannot_hold_is_refused(stored: str) -> None:
    with pytest.raises(ValidationError):
        PartialDateField().to_python(stored)


def test_the_form_field_shows_what_was_entered() -> None:
    box = PartialDateFormField()
    assert 'value="April 2018"' in PartialDateInput().render("date", PartialDate(2018, 4))
    assert 'value="Aprl 2018"' in PartialDateInput().render("date", "Aprl 2018")
    assert not box.has_changed(PartialDate(2018, 4), "April 2018")
    assert box.has_changed(PartialDate(2018, 4), "April 3, 2018")
