"""Dates of an archive are read as they are meant, and what cannot be a date is refused."""

import pytest
from django.core.exceptions import ValidationError

from news.archive.dates import read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("April 2016", "2016-04"),
        ("2015", "2015"),
        ("4/3/2016", "2016-04-03"),
        ("42461", "2016-04-01"),
        ("42461.5", "2016-04-01"),
        ("42461,5", "2016-04-01"),
        ("Apr-16", "2016-04"),
        ("Apr-98", "1998-04"),
        ("Apr-2016", "2016-04"),
        ("3-Apr-16", "2016-04-03"),
        ("03-April-2016", "2016-04-03"),
        ("2016-04-03 00:00:00", "2016-04-03"),
        ("4/3/2016 14:30", "2016-04-03"),
        ("2016-04-02T01:00:00Z", "2016-04-01"),
        ("2016-04-02T00:00:00Z", "2016-04-02"),
        ("Fri, 01 Apr 2016 21:00:00 -0400", "2016-04-01"),
    ],
)
def test_dates_are_read(text: str, iso: str) -> None:
    found, _ = read_date(text)
    assert found and found.iso == iso


def test_what_was_guessed_is_said() -> None:
    assert read_date("42461")[1] == "The number 42461 is Excel’s for April 1, 2016."
    assert read_date("3-Apr-16")[1] == "“3-Apr-16” is Excel’s for April 3, 2016."
    assert read_date("3-Apr-2016")[1] == read_date("April 3, 2016")[1] == ""
    assert read_date("") == (None, "")


@pytest.mark.parametrize(
    "text",
    ["Sometime", "February 30, 2016", "13/1/2016", "2190", "1850", "31-Feb-16", "Apr-016", "2016-13-01T00:00:00Z"],
)
def test_dates_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_date(text)
