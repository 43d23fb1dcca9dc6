"""Reads JSON: a list of objects, an object that holds one, or a JSON Feed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from news.archive.reading.encodings import encoding_of
from news.archive.reading.source import ArchiveError, Record, Source, plain_cell
from site_core.fields.text import clean_text

# The columns are the keys of this many objects. Those of later ones are left out.
FIRST_OBJECTS = 200
FEED = "jsonfeed.org"


def read_json(path: Path) -> Source:
    """Raises ArchiveError for what is not JSON, or holds no list of objects."""
    encoding = encoding_of(path)
    try:
        content = json.loads(path.read_text(encoding=encoding, errors="replace"))
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno:,})" if isinstance(error, json.JSONDecodeError) else ""
        raise ArchiveError(f"The file is not JSON{where}.") from None
    is_feed = isinstance(content, dict) and FEED in str(content.get("version", ""))
    items = _list_in(content)
    if not items:
        raise ArchiveError("The file has no list of items in it.")
    if not all(isinstance(item, dict) for item in items):
        raise ArchiveError("The file has a list in which not every item is an object with names and values.")
    rows = [_feed_item(item) if is_feed else _with_plain_keys(item) for item in items]
    columns = list(dict.fromkeys(key for row in rows[:FIRST_OBJECTS] for key in row))
    return Source("JSON Feed" if is_feed else "JSON", columns, _records(rows, columns))


def _list_in(content: Any) -> list[Any]:
    """The list itself, or the longest one that the object holds."""
    if isinstance(content, list):
        return content
    lists = [value for value in content.values() if isinstance(value, list)] if isinstance(content, dict) else []
    return max(lists, key=len, default=[])


def _with_plain_keys(item: dict[str, Any]) -> dict[str, Any]:
    return {clean_text(key, one_line=True): value for key, value in item.items()}


def _feed_item(item: dict[str, Any]) -> dict[str, Any]:
    """The link of an entry about an article elsewhere is that of the article, not of the entry."""
    link = item.get("external_url") or item.get("url") or item.get("id")
    return {
        "title": item.get("title"),
        "link": link,
        "date": item.get("date_published"),
        "author": item.get("authors") or item.get("author"),
        "tags": item.get("tags"),
        "publisher": item.get("publisher") or item.get("_publisher"),
        "what the feed says": item.get("summary") or item.get("content_text"),
    }


def _records(rows: list[dict[str, Any]], columns: list[str]) -> Iterator[Record]:
    for number, row in enumerate(rows, 1):
        yield Record(number, {column: plain_cell(_text(row.get(column)), number) for column in columns})


def _text(value: Any) -> str:
    """A value as text: a list of names separated by semicolons, an object by its name."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("title") or value.get("value"))
    if isinstance(value, list):
        return "; ".join(text for one in value if (text := _text(one)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
