"""The date that a page states, as precisely as it states it."""

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from news.partial_date import PartialDate

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]+\d{1,2}:.*)?", re.S)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
# What machines write where they know no date.
_NO_DATES = (date(1970, 1, 1), date(1900, 1, 1))
_FIRST_YEAR = 1850


def stated_date(*texts: str) -> PartialDate | None:
    """The first of the texts that is a date on which something can have been published."""
    latest = timezone.localdate() + timedelta(days=1)
    for text in texts:
        found = _read(text.strip())
        is_possible = found and found.year >= _FIRST_YEAR and found.first_day <= latest
        if found and is_possible and not (found.day and found.first_day in _NO_DATES):
            return found
    return None


def _read(text: str) -> PartialDate | None:
    try:
        if parts := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
            found = PartialDate(*(int(part) for part in parts.groups() if part))
            found.first_day  # noqa: B018 (raises ValueError for a month 13)
            return found
        if re.match(r"[A-Z][a-z]{2}, \d", text):
            day = parsedate_to_datetime(text).date()
            return PartialDate(day.year, day.month, day.day)
        # “04/03/2018” is two days, one in each half of the world.
        return PartialDate.from_typed(text) if re.search("[A-Za-z]{3}", text) else None
    except (ValueError, ValidationError):
        return None
