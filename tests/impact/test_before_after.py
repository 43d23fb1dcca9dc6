"""The change between two counts is worked out, and left unsaid where it would mislead."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StructBlockValidationError

from impact.before_after import BeforeAfter, whole_years
from impact.blocks import BeforeAfterBlock


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [(31, 14, 55), (557, 277, 50), (126, 74, 41), (55, 17, 69), (200, 199, 1), (8, 7, 13), (10, 10, 0), (10, 0, 100)],
)
def test_percent(before: int, after: int, percent: int) -> None:
    assert BeforeAfter(before, "2015", after, "2017").percent == percent


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (31, 14, "Down 55%"),
        (14, 31, "Up 121%"),
        (10, 10, "No change"),
        (0, 5, ""),
        (0, 0, ""),
        (1000, 4, "Down more than 99%"),
    ],
)
def test_the_change_in_words(before: int, after: int, change: str) -> None:
    assert BeforeAfter(before, "2015", after, "2017").change == change


def test_periods_of_different_length_show_what_came_to_each_year() -> None:
    comparison = BeforeAfter(17, "2004–2011", 1, "2012–2014")
    assert comparison.yearly_rates == (Decimal("2.1"), Decimal("0.3"))
    assert comparison.caution == "The periods differ in length. The bars show the counts per year: about 2.1 and 0.3."
    assert comparison.percent is None
    assert comparison.change == ""


def test_where_one_length_is_not_known_nothing_is_compared() -> None:
    comparison = BeforeAfter(31, "2015", 14, "2017 to date")
    assert (comparison.percent, comparison.yearly_rates) == (None, None)
    assert comparison.caution == "The periods may differ in length, so the two counts cannot be compared directly."


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2015", 1),
        (" 2004–2011 ", 8),
        ("2004-2011", 8),
        ("2012 – 2014", 3),
        ("2014–2012", None),
        ("2017 to date", None),
        ("spring 2015", None),
        ("", None),
    ],
)
def test_whole_years(period: str, years: int | None) -> None:
    assert whole_years(period) == years


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_fall_is_never_more_than_everything(before: int, after: int) -> None:
    comparison = BeforeAfter(before, "2015", after, "2017")
    assert (comparison.percent is None) == (before == 0)
    if comparison.percent is not None and after <= before:
        assert 0 <= comparison.percent <= 100


@pytest.mark.parametrize(
    ("comparison", "bars"),
    [
        (BeforeAfter(126, "2012", 74, "2017"), ["100.0%", "58.7%"]),
        (BeforeAfter(14, "2017 to the same date", 31, "2018 to date"), ["45.2%", "100.0%"]),
        (BeforeAfter(17, "2004–2011", 1, "2012–2014"), ["100.0%", "15.7%"]),
        (BeforeAfter(31, "2015", 14, "2017 to date"), ["", ""]),
        (BeforeAfter(0, "2015", 0, "2017"), ["", ""]),
        (BeforeAfter(0, "2015", 3, "2017"), ["0.0%", "100.0%"]),
    ],
    ids=[
        "years",
        "parts of years",
        "per year where the lengths differ",
        "one length not known",
        "nothing",
        "from zero",
    ],
)
def test_bars_are_drawn_to_the_scale_of_the_pair(comparison: BeforeAfter, bars: list[str]) -> None:
    assert [count.bar for count in comparison.counts] == bars


def test_a_small_change_is_not_printed_as_a_change_of_nothing() -> None:
    assert BeforeAfter(1000, "2015", 999, "2017").change == "Down less than 1%"


def test_the_block_refuses_the_same_period_twice() -> None:
    block = BeforeAfterBlock()
    entered = {
        "outcome": "example",
        "before": 31,
        "before_period": "2015",
        "after": 14,
        "after_period": "2015",
    }
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(entered))
    assert list(refused.value.block_errors) == ["after_period"]
