"""Eastern times: what is typed is parsed or refused with a reason, and what is shown names its zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from site_core.publishing import eastern
from site_core.publishing.schedule.fields import EasternDateTimeField, EasternDateTimeInput


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-10-30T09:00", utc(2026, 10, 30, 13)),
        ("2026-11-02T09:00", utc(2026, 11, 2, 14)),
        ("2026-11-02 09:00", utc(2026, 11, 2, 14)),
        ("11/2/2026T09:00", utc(2026, 11, 2, 14)),
        ("Mon., Nov. 2, 2026T09:00", utc(2026, 11, 2, 14)),
        ("Nov. 1, 2026T01:30 EST", utc(2026, 11, 1, 6, 30)),
        ("2026-11-01T01:30 EDT", utc(2026, 11, 1, 5, 30)),
        ("2026-11-01T01:30 EST", utc(2026, 11, 1, 6, 30)),
        ("2027-03-14T03:00", utc(2027, 3, 14, 7)),
        # The form asks for the clock only in the hour that repeats. On another day it makes no difference.
        ("2026-11-02T09:00 EDT", utc(2026, 11, 2, 14)),
    ],
)
def test_what_is_typed_is_an_eastern_time(written: str, at: datetime) -> None:
    assert eastern.parse_eastern(written) == at


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2027-03-14T02:30", "There is no 2:30 a.m. on Sun., March 14, 2027"),
        ("2026-11-01T01:30", r"Choose the first \(EDT\) or the second \(EST\)"),
        ("2026-11-01T01:30 EXT", "comes twice on Sun., Nov. 1, 2026"),
        ("2027-02-30T09:00", "There is no February 30, 2027"),
        ("2027-01-07T25:00", "There is no such time"),
        ("2027-01-07T", "Enter the time, too"),
        ("2027-01-07", "Enter the time, too"),
        ("T09:00", "Enter the date, too"),
        ("tomorrow", "“tomorrow” is not a date"),
        ("Tuesday, Jan. 7, 2027T09:00", "is a Thursday"),
        ("9999-12-31T23:59", "between 2000 and 2199"),
        ("0001-01-01T00:00", "between 2000 and 2199"),
    ],
)
def test_an_invalid_time_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        eastern.parse_eastern(written)


def test_a_time_is_written_with_its_zone() -> None:
    at = utc(2027, 1, 7, 14)
    assert eastern.written_out(at) == "Thu., Jan. 7, 2027, 9:00 a.m. ET"
    assert eastern.in_utc(at) == "14:00 UTC"
    assert eastern.in_utc(utc(2027, 1, 8, 2)) == "02:00 UTC on Fri., Jan. 8, 2027"
    assert eastern.written_out(utc(2027, 1, 7, 17)) == "Thu., Jan. 7, 2027, 12:00 p.m. ET"


def test_in_the_hour_that_repeats_the_clock_is_named() -> None:
    assert eastern.written_out(utc(2026, 11, 1, 5, 30)) == "Sun., Nov. 1, 2026, 1:30 a.m. EDT"
    assert eastern.written_out(utc(2026, 11, 1, 6, 30)) == "Sun., Nov. 1, 2026, 1:30 a.m. EST"


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(hours=3, minutes=12), "in 3 h 12 min"),
        (timedelta(minutes=12, seconds=50), "in 12 min"),
        (timedelta(seconds=20), "in less than a minute"),
        (timedelta(days=5, hours=2), "in 5 days 2 h"),
        (timedelta(minutes=-12), "12 min ago"),
    ],
)
def test_how_long_until_then(distance: timedelta, words: str) -> None:
    now = utc(2027, 1, 7, 14)
    assert eastern.until(now + distance, now) == words


def posted(**answers: str) -> object:
    data = QueryDict(mutable=True)
    data.update({f"at_{name}": answer for name, answer in answers.items()})
    return EasternDateTimeInput().value_from_datadict(data, {}, "at")


def test_day_hour_and_clock_come_in_fields_of_their_own() -> None:
    field = EasternDateTimeField()
    assert field.clean(posted(day="2027-01-07", hour="09:00")) == utc(2027, 1, 7, 14)
    assert field.clean(posted(day="2026-11-01", hour="01:30", clock="EST")) == utc(2026, 11, 1, 6, 30)
    with pytest.raises(ValidationError, match="time, too"):
        field.clean(posted(day="2027-01-07", hour=""))
    with pytest.raises(ValidationError, match="date, too"):
        field.clean(posted(day="", hour="09:00"))


def test_only_in_the_hour_that_repeats_does_the_form_ask_which() -> None:
    widget = EasternDateTimeInput()
    assert "<select" not in widget.render("at", utc(2027, 1, 7, 14))
    asked = widget.render("at", "2026-11-01T01:30")
    assert "the first (EDT)" in asked
    assert "the second (EST)" in asked
    assert "selected" not in asked


@pytest.mark.parametrize("at", [utc(2026, 11, 1, 5, 30), utc(2026, 11, 1, 6, 30), utc(2027, 7, 1, 12)])
def test_what_is_stored_comes_back_unchanged(at: datetime) -> None:
    widget = EasternDateTimeInput()
    parts = widget.get_context("at", at, {})["parts"]
    assert isinstance(parts, dict)
    value = posted(day=parts["day"], hour=parts["hour"], clock=parts["clock"])
    assert EasternDateTimeField().clean(value) == at
    assert not EasternDateTimeField().has_changed(at, value)
