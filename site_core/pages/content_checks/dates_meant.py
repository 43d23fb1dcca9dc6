"""The date, month or year that words such as “last year” mean on a day, in AP style."""

from collections.abc import Callable
from datetime import date, timedelta

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _month(today: date, later: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + later, 12)
    return f"{date(year, month + 1, 1):%B} {year}"


_MEANT: dict[str, Callable[[date], str]] = {
    "yesterday": lambda today: f"on {_day(today - timedelta(1))}",
    "today": lambda today: f"on {_day(today)}",
    "tonight": lambda today: f"on {_day(today)}",
    "tomorrow": lambda today: f"on {_day(today + timedelta(1))}",
    "last year": lambda today: f"in {today.year - 1}",
    "this year": lambda today: f"in {today.year}",
    "next year": lambda today: f"in {today.year + 1}",
    "last month": lambda today: f"in {_month(today, -1)}",
    "this month": lambda today: f"in {_month(today, 0)}",
    "next month": lambda today: f"in {_month(today, 1)}",
}


def date_meant(words: str, today: date) -> str:
    """What to write in place of the words, or "" if only the author knows."""
    meant = _MEANT.get(words.lower())
    return meant(today) if meant else ""
