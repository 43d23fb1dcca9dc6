"""Reads RSS and Atom."""

from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser

from news.archive.reading.source import ArchiveError, Record, Source, plain_cell
from site_core.fields.text import without_tags

# A feed does not declare entities, which could unpack to gigabytes.
_DECLARATION = b"<!ENTITY"
# “What the feed says” is the publisher's text, so no field takes it by itself.
COLUMNS = ["title", "link", "date", "author", "publisher", "tags", "feed", "what the feed says"]


def read_feed(path: Path) -> Source:
    """Raises ArchiveError for what is no feed or has no entries."""
    content = path.read_bytes()
    if _DECLARATION in content.replace(b"\x00", b""):
        raise ArchiveError("The feed declares entities, which no feed needs, so it is not read.")
    parsed = feedparser.parse(BytesIO(content), sanitize_html=True, resolve_relative_uris=False)
    if not parsed.version:
        raise ArchiveError("The file is not an RSS or Atom feed.")
    if parsed.bozo and not parsed.entries:
        raise ArchiveError("The feed cannot be read: its XML is broken.")
    if not parsed.entries:
        raise ArchiveError("The feed has no entries.")
    if parsed.bozo and isinstance(parsed.bozo_exception, Exception) and _is_cut_off(content):
        raise ArchiveError("The feed is cut off in the middle. Download it again.")
    form = "Atom" if parsed.version.startswith("atom") else "RSS"
    return Source(form, COLUMNS, _records(parsed.entries, parsed.feed.get("title", "")))


def _is_cut_off(content: bytes) -> bool:
    return not content.rstrip(b" \r\n\t\x00").endswith(b">") or content.rstrip().count(b"</") == 0


def _records(entries: list[Any], feed: str) -> Iterator[Record]:
    for number, entry in enumerate(entries, 1):
        source = entry.get("source") or {}
        texts = {
            "title": entry.get("title", ""),
            "link": _link(entry),
            "date": entry.get("published") or entry.get("updated") or "",
            "author": entry.get("author", ""),
            "publisher": source.get("title", "") or entry.get("publisher", ""),
            "tags": "; ".join(tag["term"] for tag in entry.get("tags", []) if tag.get("term")),
            "feed": feed,
            "what the feed says": entry.get("summary", ""),
        }
        yield Record(number, {name: plain_cell(unescape(without_tags(text)), number) for name, text in texts.items()})


def _link(entry: Any) -> str:
    """The link to the article: one that is marked as related is meant before the entry's own page."""
    related = [link.get("href", "") for link in entry.get("links", []) if link.get("rel") in ("related", "via")]
    return next(iter(related), "") or entry.get("link", "")
