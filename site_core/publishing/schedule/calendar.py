"""The schedule as an iCalendar feed, at a secret URL for each user."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from site_core.publishing.schedule.entry import Entry

# Bytes of a line without its line break (RFC 5545, 3.1).
MAX_LINE_LENGTH = 75


class CalendarFeed(models.Model):
    """The secret part of the URL of a user's calendar. A new key invalidates the old one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed_url")
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"The calendar of {self.user}"


def icalendar(entries: list[Entry], now: datetime) -> str:
    """The entries as a calendar by RFC 5545, with times in UTC."""
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
    """The UID of an entry stays the same when it is moved, so that calendars move it, too."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.event or entry.kind}-{entry.model._meta.label_lower}-{entry.object_id}@{host}"
    yield f"DTSTAMP:{_in_utc(now)}"
    yield f"DTSTART:{_in_utc(entry.at)}"
    yield f"SUMMARY:{_escaped(f'{entry.title} {entry.event_label}')}"
    about = f"{entry.type_name}. {entry.when}."
    yield f"DESCRIPTION:{_escaped(f'{about} By {entry.by}.' if entry.by else about)}"
    yield f"URL:{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{entry.edit_url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _in_utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """The text with its special characters escaped (RFC 5545, 3.3.11)."""
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """The line, folded if it is too long, but never within a character."""
    pieces, room = [""], MAX_LINE_LENGTH
    for character in line:
        length = len(character.encode())
        if length > room:
            pieces.append("")
            # The next line begins with a space, which counts.
            room = MAX_LINE_LENGTH - 1
        pieces[-1] += character
        room -= length
    return "\r\n ".join(pieces)
