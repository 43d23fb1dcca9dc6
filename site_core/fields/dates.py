"""Dates as Americans type them, and as the Associated Press writes them.

What cannot be read is refused with a sentence. Nothing is guessed: a day that does not exist or has another weekday
is no date.
"""

import re
from calendar import day_name, month_name
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

EXAMPLE = "Write it like 3/15/2027 or March 15, 2027."
FIRST_YEAR, YEARS_AHEAD = 1900, 10

# AP style abbreviates these months before a day, and spells out a month without a day.
_SHORTENED = {1: "Jan.", 2: "Feb.", 8: "Aug.", 9: "Sept.", 10: "Oct.", 11: "Nov.", 12: "Dec."}
_WEEKDAY = re.compile(r"(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?,? +", re.I)
_YEAR, _DAY, _MONTH = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>\d{1,2})"
_ANY_YEAR = r"(?P<year>\d{4}|['’]?\d{2})"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_SPELLINGS = [
    re.compile(spelling, re.I)
    for spelling in (
        rf"{_YEAR}",
        rf"{_YEAR}([-/.]){_MONTH}(?:\2(?P<day>\d{{1,2}}))?",
        rf"{_MONTH}([-/.])(?P<day>\d{{1,2}})(?:\2{_ANY_YEAR})?",
        rf"{_MONTH}[-/]{_YEAR}",
        rf"{_NAME},? ?{_YEAR}",
        rf"{_NAME} ?{_DAY}(?:,? {_ANY_YEAR})?",
        rf"{_DAY} {_NAME}(?:,? {_ANY_YEAR})?",
        rf"{_NAME}",
    )
]
DateParts = tuple[int, int | None, int | None]


def ap_date(day: date) -> str:
    """“March 15, 2027”, “Sept. 3, 2027”."""
    return f"{_SHORTENED.get(day.month, month_name[day.month])} {day.day}, {day.year}"


def day_in_words(day: date) -> str:
    """“Mon., March 15, 2027”."""
    return f"{day_name[day.weekday()][:3]}., {ap_date(day)}"


def parse_day(typed: str) -> date:
    """The day that somebody typed. Raises ValidationError with a sentence that says what to enter instead."""
    year, month, day = parse_date_parts(typed, EXAMPLE)
    if not month or not day:
        raise ValidationError(f"Add the {'day' if month else 'month and the day'}, such as March 15, 2027.")
    return date(year, month, day)


def parse_date_parts(typed: str, example: str) -> DateParts:
    """The year, with the month and the day if they were typed. Raises ValidationError, and tells the example."""
    text = " ".join(typed.split())
    weekday = _WEEKDAY.match(text)
    spelling = text[weekday.end() :] if weekday else text
    found = next((match for pattern in _SPELLINGS if (match := pattern.fullmatch(spelling))), None)
    named = found.groupdict() if found else {}
    month = _month_named(named["name"]) if named.get("name") else int(named.get("month") or 0)
    if not found or month is None:
        raise ValidationError(f"“{text}” is not a date. {example}")
    if not named.get("year"):
        raise ValidationError(f"Add the year to “{text}”. {example}")
    year, day = _whole_year(named["year"]), int(named["day"]) if named.get("day") else None
    _require_possible(year, month if "month" in named or "name" in named else None, day, weekday)
    return year, month or None, day


def unusual_year(year: int) -> str:
    """What is unusual about a year that is more likely a typing error, or ""."""
    if year < FIRST_YEAR:
        return f"{year} is before {FIRST_YEAR}."
    if year > timezone.localdate().year + YEARS_AHEAD:
        return f"{year} is more than {YEARS_AHEAD} years ahead."
    return ""


def with_unusual_year(words: str, year: int) -> str:
    """A date in words, and what is unusual about its year."""
    unusual = unusual_year(year)
    return f"{words}. {unusual}" if unusual else words


def _month_named(name: str) -> int | None:
    """“Mar”, “Sept” and “march” name a month."""
    return next((month for month in range(1, 13) if month_name[month].lower().startswith(name.lower())), None)


def _whole_year(typed: str) -> int:
    """Two digits mean the latest year that is not more than ten years ahead."""
    year = int(typed.lstrip("'’"))
    if len(typed) == 4 and typed.isdigit():
        return year
    return year + (2000 if 2000 + year <= timezone.localdate().year + YEARS_AHEAD else 1900)


def _require_possible(year: int, month: int | None, day: int | None, weekday: re.Match[str] | None) -> None:
    if not year:
        raise ValidationError("There is no year 0. Check the year.")
    if month is not None and not 1 <= month <= 12:
        raise ValidationError(f"There is no month {month}. The month comes first, as in 3/15/2027.")
    if not month or day is None:
        return
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValidationError(f"There is no {month_name[month]} {day}, {year}. Check the day.") from None
    named = day_name[found.weekday()]
    if weekday and not named.lower().startswith(weekday["weekday"].lower()):
        raise ValidationError(f"{ap_date(found)}, is a {named}. Check the date.")
