"""Eastern times: parses what somebody typed, and writes datetimes with their zone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from site_core.fields.dates import day_in_words, parse_day

EASTERN = ZoneInfo(settings.TIME_ZONE)
# A year outside these is more likely a typing error than a plan.
FIRST_YEAR, LAST_YEAR = 2000, 2199

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHORTEST_IN_DAYS = 2 * DAY
_PARTS = re.compile(r"(?P<day>.*?)(?:T(?P<hour>\S*)| (?P<time>\d+:\S*))?(?: (?P<clock>E\w*))?")


def clocks_at(local: datetime) -> list[str]:
    """The zones in which a naive local time exists, such as ["EDT", "EST"].

    One on most days, none in the hour that is skipped in spring, and both in the hour that repeats in fall,
    daylight time first.
    """
    readings = [local.replace(tzinfo=EASTERN, fold=fold) for fold in (0, 1)]
    return list(
        dict.fromkeys(
            reading.strftime("%Z")
            for reading in readings
            if reading.astimezone(UTC).astimezone(EASTERN).replace(tzinfo=None, fold=0) == local.replace(fold=0)
        )
    )


def parse_eastern(written: str) -> datetime | None:
    """The datetime of “2027-01-07T09:00”, or of “Nov. 1, 2026T01:30 EST” in the hour that repeats; None for "".

    Raises ValidationError with a sentence that says what to enter instead.
    """
    written = written.strip()
    if not written:
        return None
    local, clock = _local(written)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ValidationError(f"Enter a year between {FIRST_YEAR} and {LAST_YEAR}.", code="invalid")
    if local.tzinfo:
        return local.astimezone(UTC)
    clocks = clocks_at(local)
    if not clocks:
        raise ValidationError(
            f"There is no {_hour(local)} on {_day(local)}: "
            "the clocks go forward an hour that night. Choose another time.",
            code="nonexistent",
        )
    if len(clocks) > 1 and clock not in clocks:
        raise ValidationError(
            f"{_hour(local)} comes twice on {_day(local)}, because the clocks go back an hour that night. "
            f"Choose the first ({clocks[0]}) or the second ({clocks[1]}).",
            code="ambiguous",
        )
    fold = clocks.index(clock) if len(clocks) > 1 else 0
    # In UTC: Python never finds datetimes of different zones equal if one is in the hour that repeats.
    return local.replace(tzinfo=EASTERN, fold=fold).astimezone(UTC)


def typed_parts(written: str) -> tuple[str, str, str]:
    """The day, the hour and the clock of what was typed, "" for each that is missing: “2027-01-07T09:00 EST”."""
    found = _PARTS.fullmatch(written.strip())
    return (found["day"], found["hour"] or found["time"] or "", found["clock"] or "") if found else (written, "", "")


def _local(written: str) -> tuple[datetime, str]:
    """The local time as it was typed, and the zone typed after it, "" if none."""
    day, hour, clock = typed_parts(written)
    if not day:
        raise ValidationError("Enter the date, too.", code="incomplete")
    parsed_day = parse_day(day)
    if not hour:
        raise ValidationError("Enter the time, too, such as 09:00.", code="incomplete")
    try:
        parsed = parse_datetime(f"{parsed_day}T{hour}")
    except ValueError:
        parsed = None
    if not parsed:
        raise ValidationError("There is no such time. Write it like 09:00 or 17:30.", code="invalid")
    return parsed, clock


def written_out(at: datetime) -> str:
    """“Thu., Jan. 7, 2027, 9:00 a.m. ET”; with EDT or EST in the hour that repeats."""
    local = at.astimezone(EASTERN)
    return f"{_day(local)}, {_hour(local)} {zone_of(local)}"


def hour_written_out(at: datetime) -> str:
    """“9:00 a.m. ET”, for where the day is given elsewhere."""
    local = at.astimezone(EASTERN)
    return f"{_hour(local)} {zone_of(local)}"


def hours_between(first: datetime, last: datetime) -> str:
    """“between 9:02 and 9:48 a.m.”; “at 9:02 a.m.” within a minute."""
    begins, ends = (_hour(at.astimezone(EASTERN)) for at in (first, last))
    if begins == ends:
        return f"at {ends}"
    half = ends[-5:]
    return f"between {begins.removesuffix(half)} and {ends}"


def zone_of(local: datetime) -> str:
    """“ET”; “EDT” or “EST” in the hour that repeats."""
    return local.strftime("%Z") if len(clocks_at(local.replace(tzinfo=None))) > 1 else "ET"


def in_utc(at: datetime) -> str:
    """“14:00 UTC”, with the day if it differs from the Eastern day."""
    utc, local = at.astimezone(UTC), at.astimezone(EASTERN)
    return f"{utc:%H:%M} UTC" + ("" if utc.date() == local.date() else f" on {_day(utc)}")


def until(at: datetime, now: datetime | None = None) -> str:
    """“in 3 h 12 min” or “in 5 days 2 h”; “12 min ago” for a time that has passed."""
    distance = at - (now or timezone.now())
    words = _length(abs(distance))
    return f"in {words}" if distance > timedelta(0) else f"{words} ago"


def _length(span: timedelta) -> str:
    if span < MINUTE:
        return "less than a minute"
    if span < HOUR:
        return f"{span // MINUTE} min"
    if span < SHORTEST_IN_DAYS:
        return f"{span // HOUR} h {span % HOUR // MINUTE} min"
    return f"{span // DAY} days {span % DAY // HOUR} h"


def _day(local: datetime) -> str:
    """“Thu., Jan. 7, 2027”."""
    return day_in_words(local)


def _hour(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local:%M} {'a.m.' if local.hour < 12 else 'p.m.'}"
