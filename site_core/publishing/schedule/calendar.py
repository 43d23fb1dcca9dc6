"""The schedule as a calendar that other programs subscribe to, at an address that only its owner knows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from site_core.publishing.schedule.entry import Entry

# RFC 5545, 3.1: no line is longer, counted in bytes without its end.
LONGEST_LINE = 75


class CalendarFeed(models.Model):
    """The secret end of somebody's calendar address. A new one makes the old one void."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed_url")
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"The calendar of {self.user}"


def written_as_calendar(entries: list[Entry], now: datetime) -> str:
    """A calendar as RFC 5545 has it, one event for each entry, times in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//NNSC//Publishing schedule//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:NNSC publishing schedule",
        *(line for entry in entries for line in _event(entry, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(entry: Entry, now: datetime) -> Iterator[str]:
    """Its identifier stays the same when it is moved, so that calendars move it, too."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.event or entry.kind}-{entry.model._meta.label_lower}-{entry.object_id}@{host}"
    yield f"DTSTAMP:{_in_utc(now)}"
    yield f"DTSTART:{_in_utc(entry.at)}"
    yield f"SUMMARY:{_escaped(f'{entry.title} {entry.says}')}"
    about = f"{entry.type_name}. {entry.when}."
    yield f"DESCRIPTION:{_escaped(f'{about} By {entry.by}.' if entry.by else about)}"
    yield f"URL:{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{entry.edit_url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _in_utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Text with the signs that would end it or begin another value taken as letters."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """The line broken where it would be too long, never within a letter."""
    pieces, room = [""], LONGEST_LINE
    for letter in line:
        length = len(letter.encode())
        if length > room:
            pieces.append("")
            # The next line begins with a space, which counts.
            room = LONGEST_LINE - 1
        pieces[-1] += letter
        room -= length
    return "\r\n ".join(pieces)
