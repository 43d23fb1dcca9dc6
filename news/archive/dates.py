"""Reads the dates of an archive: as people write them, as feeds have them, and as spreadsheets spoil them."""

import re
from datetime import UTC, date, timedelta
from email.utils import parsedate_to_datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from news.partial_date import PartialDate
from site_core.fields.dates import FIRST_YEAR

# Excel counts days from here. Five digits are days from 1927 to 2173, and four are a year.
_DAY_ZERO = date(1899, 12, 30)
_DAY_NUMBER = re.compile(r"(?P<days>[1-9]\d{4})([.,]\d+)?")
# Excel's short forms: “Apr-16” and “3-Apr-16”. Of two digits it takes 30 and more for a year before 2000.
_SHORT = re.compile(r"((?P<day>\d{1,2})-)?(?P<month>[a-z]{3,9})-(?P<year>(\d{2}){1,2})", re.I)
_PIVOT = 30
_WITH_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
# A date with a time of day, as spreadsheets write it.
_TIME = re.compile(r",?\s+(at\s+)?\d{1,2}:\d{2}(:\d{2})?(\s*[ap]\.?m\.?)?(\s+[A-Z]{2,4})?$", re.I)


def read_date(text: str) -> tuple[PartialDate | None, str]:
    """The date, None if there is none, and what was guessed, "" if nothing was.

    Raises ValidationError with a sentence for a date that cannot be.
    """
    if not text:
        return None, ""
    if number := _DAY_NUMBER.fullmatch(text):
        day = _DAY_ZERO + timedelta(days=int(number["days"]))
        found = PartialDate(day.year, day.month, day.day)
        return _possible(found, text), f"The number {text} is Excel’s for {found}."
    if _WITH_TIME.match(text) or re.match(r"[A-Z][a-z]{2}, \d", text):
        day = _day_of(text)
        return _possible(PartialDate(day.year, day.month, day.day), text), ""
    if short := _SHORT.fullmatch(text):
        return _of_short_form(short)
    return _possible(PartialDate.from_typed(_TIME.sub("", text)), text), ""


def _of_short_form(short: re.Match[str]) -> tuple[PartialDate, str]:
    text, year = short[0], short["year"]
    if is_short := len(year) == 2:
        year = f"{19 if int(year) >= _PIVOT else 20}{year}"
    day = f" {short['day']}," if short["day"] else ""
    found = _possible(PartialDate.from_typed(f"{short['month']}{day} {year}"), text)
    return found, f"“{text}” is Excel’s for {found}." if is_short else ""


def _day_of(text: str) -> date:
    """The day of a date with a time, in the time zone that it names; in ours if that is UTC."""
    try:
        found = parse_datetime(text[:19].replace(" ", "T") + text[19:].replace(" ", "")) or parsedate_to_datetime(text)
    except (ValueError, TypeError):
        raise ValidationError(f"“{text}” is not a date.") from None
    is_midnight = (found.hour, found.minute) == (0, 0)
    if found.tzinfo and found.utcoffset() == timedelta(0) and not is_midnight:
        return timezone.localtime(found.astimezone(UTC)).date()
    return found.date()


def _possible(found: PartialDate, text: str) -> PartialDate:
    """Raises ValidationError for a date on which no article that is on file can have been published."""
    if found.year < FIRST_YEAR:
        raise ValidationError(f"“{text}” is before {FIRST_YEAR}.")
    # A day ahead is today on the other side of the world.
    if found.first_day > timezone.localdate() + timedelta(days=1):
        raise ValidationError(f"“{text}” has not come yet.")
    return found
