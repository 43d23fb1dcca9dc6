"""Reads JSON: a list of objects, an object that holds one, or a JSON Feed."""

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from news.archive.columns import fields_named
from news.archive.reading.encodings import encoding_of
from news.archive.reading.source import ArchiveError, Record, Source, plain_cell
from site_core.fields.text import clean_text, without_tags

# The columns are the keys of this many objects. Those of later ones are left out.
FIRST_OBJECTS = 200
FEED = "jsonfeed.org"
# The keys under which an object has its text. That of WordPress is HTML.
NAMES = ("name", "title", "rendered", "value")
IS_HTML = "rendered"
# Lists and values are looked for in objects that are nested so deep.
DEEPEST = 3


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


def _list_in(content: Any, depth: int = DEEPEST) -> list[Any]:
    """The list itself, or the longest one of objects that the object holds."""
    if isinstance(content, list) or not isinstance(content, dict) or not depth:
        return content if isinstance(content, list) else []
    lists = [_list_in(value, depth - 1) for value in content.values()]
    return max(lists, key=lambda found: (any(isinstance(item, dict) for item in found), len(found)), default=[])


def _with_plain_keys(item: dict[str, Any], depth: int = DEEPEST) -> dict[str, Any]:
    """The values by plain keys. An object without a text of its own gives those in it, which replace none."""
    nested = [key for key, value in item.items() if depth and _is_a_part(key, value)]
    found = {clean_text(key, one_line=True): value for key, value in item.items() if key not in nested}
    for key in nested:
        found = _with_plain_keys(item[key], depth - 1) | found
    return found


def _is_a_part(key: str, value: Any) -> bool:
    """Whether it is an object with several fields, and not the text of one."""
    return isinstance(value, dict) and not fields_named([key]) and not any(value.get(name) for name in NAMES)


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
    """A value as text: a list of names separated by semicolons, an object by its name or by the first text in it."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict):
        name = next((name for name in (*NAMES, *value) if value.get(name)), "")
        text = _text(value.get(name))
        return unescape(without_tags(text)) if name == IS_HTML else text
    if isinstance(value, list):
        return "; ".join(text for one in value if (text := _text(one)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
