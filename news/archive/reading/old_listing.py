"""Reads the listing of news of the old site, saved as a web page or copied as text.

Each item has a headline, a line such as “April 2018 | Daily Freeman”, paragraphs, and a line that begins with “Tags:”.
The line with the date comes before the headline or after it, the same way throughout a listing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.core.exceptions import ValidationError

from news.archive.reading.encodings import encoding_of
from news.archive.reading.source import ArchiveError, Record, Source, plain_cell
from news.partial_date import PartialDate

COLUMNS = ["title", "link", "date", "publisher", "text", "tags"]
_AROUND = ("script", "style", "template", "noscript", "nav", "header", "footer", "aside", "form", "svg")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_IN_A_LINE = ("a", "abbr", "b", "cite", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "u")
_BAR = re.compile(r"\s*[|•·]\s*")
_DASH = re.compile(r"\s+[–—-]\s+")
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_TAGS = re.compile(r"tags?\s*:\s*(?P<tags>.*)", re.I)
# The longest line with a date and a publisher.
_DATELINE = 140


@dataclass
class Line:
    """A line of the listing. `number` is that of the file, or of the text of a web page."""

    number: int
    text: str
    link: str = ""
    is_heading: bool = False
    after_gap: bool = False


@dataclass
class Dateline:
    """A line with the date of an item, and its publisher if there is one."""

    date: str
    publisher: str


def read_old_listing(path: Path) -> Source:
    """Items without a tag, a publisher or a headline are read as well."""
    text = path.read_text(encoding=encoding_of(path), errors="replace")
    is_html = looks_like_html(text)
    lines = _lines_of_html(text) if is_html else _lines_of_text(text)
    form = "The old site’s listing, as " + ("a web page" if is_html else "text")
    return Source(form, COLUMNS, _records(lines))


def looks_like_html(text: str) -> bool:
    return bool(re.match(r"\s*(<!doctype html|<html|<\w+[\s>])", text, re.I))


def is_old_listing(text: str) -> bool:
    """Whether a text, which need not be complete, has the lines of such a listing."""
    return any(dateline(line.text) for line in _lines_of_text(text)) and bool(
        re.search(r"^\s*tags?\s*:", text, re.I | re.M)
    )


def dateline(text: str) -> Dateline | None:
    """The date and the publisher in a line that holds nothing else. A date that cannot be is kept as it stands."""
    if len(text) > _DATELINE or _TAGS.match(text):
        return None
    has_bar = bool(_BAR.search(text))
    parts = [part for part in (_BAR if has_bar else _DASH).split(text) if part]
    if not 1 <= len(parts) <= 2:
        return None
    for date, publisher in (parts, parts[::-1]) if len(parts) == 2 else ([parts[0], ""],):
        if _YEAR.search(date) and _is_date(date):
            return Dateline(date, publisher)
    return Dateline(*parts) if has_bar and len(parts) == 2 else None


def _is_date(text: str) -> bool:
    try:
        PartialDate.from_typed(text)
    except ValidationError:
        return False
    return True


def _lines_of_text(text: str) -> list[Line]:
    lines, gap = [], True
    for number, raw in enumerate(re.split("\r\n|[\r\n]", text.removeprefix("\ufeff")), 1):
        if words := " ".join(raw.split()):
            lines.append(Line(number, words, after_gap=gap))
        gap = not words
    return lines


def _lines_of_html(html: str) -> list[Line]:
    soup = BeautifulSoup(html, "html.parser")
    for part in soup(_AROUND):
        part.decompose()
    page = _Page()
    try:
        page.walk(soup, "", in_heading=False)
    except RecursionError:
        raise ArchiveError("The web page cannot be read: its tags are nested too deep.") from None
    page.end_line()
    return page.lines


class _Page:
    """The lines of a web page: what stands in one block, without the tags of the text."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.current = Line(1, "")

    def end_line(self) -> None:
        self.current.text = " ".join(self.current.text.split())
        if self.current.text:
            self.current.number = len(self.lines) + 1
            self.lines.append(self.current)
        self.current = Line(1, "")

    def walk(self, node: Tag, link: str, *, in_heading: bool) -> None:
        for child in node.children:
            if isinstance(child, Tag):
                self.walk_tag(child, link, in_heading=in_heading)
            elif type(child) is NavigableString:
                self.current.text += str(child)
                if child.strip():
                    self.current.link = self.current.link or link
                    self.current.is_heading = self.current.is_heading or in_heading

    def walk_tag(self, tag: Tag, link: str, *, in_heading: bool) -> None:
        if tag.name not in _IN_A_LINE:
            self.end_line()
        href = str(tag.get("href") or "") if tag.name == "a" else ""
        self.walk(tag, href or link, in_heading=in_heading or tag.name in _HEADINGS)
        if tag.name not in _IN_A_LINE:
            self.end_line()


def _records(lines: list[Line]) -> Iterator[Record]:
    at = [number for number, line in enumerate(lines) if not line.is_heading and dateline(line.text)]
    date_first = _date_comes_first(lines, at)
    for number, position in enumerate(at):
        following = at[number + 1] if number + 1 < len(at) else len(lines)
        headline = position + 1 if date_first else position - 1
        begin = position + 2 if date_first else position + 1
        end = following if date_first or number + 1 == len(at) else following - 1
        yield _record(lines, position, headline, lines[begin:end])


def _record(lines: list[Line], position: int, headline: int, rest: list[Line]) -> Record:
    found = dateline(lines[position].text) or Dateline("", "")
    title = lines[headline] if 0 <= headline < len(lines) else None
    if title and _TAGS.match(title.text):
        title = None
    paragraphs, tags = _paragraphs_and_tags(rest)
    texts = {
        "title": title.text if title else "",
        "link": title.link if title and title.link.startswith("http") else "",
        "date": found.date,
        "publisher": found.publisher,
        "tags": tags,
    }
    number = min(lines[position].number, title.number if title else lines[position].number)
    cells = {name: plain_cell(text, number) for name, text in texts.items()}
    return Record(number, {**cells, "text": plain_cell("\n".join(paragraphs), number, one_line=False)})


def _paragraphs_and_tags(lines: list[Line]) -> tuple[list[str], str]:
    """What stands before the tags, and the tags, which may stand on lines of their own below their label."""
    for number, line in enumerate(lines):
        if found := _TAGS.match(line.text):
            below = []
            for one in lines[number + 1 :] if not found["tags"] else []:
                if one.after_gap:
                    break
                below.append(one.text)
            return [one.text for one in lines[:number]], found["tags"] or "; ".join(below)
    return [line.text for line in lines], ""


def _date_comes_first(lines: list[Line], at: list[int]) -> bool:
    """Whether the headline stands below the date: told by what follows the tags, by headings, or by gaps."""
    dates = set(at)
    after_tags = [
        number + 1 in dates
        for number, line in enumerate(lines[:-1])
        if (found := _TAGS.match(line.text)) and found["tags"]
    ]
    if after_tags:
        return sum(after_tags) * 2 > len(after_tags)
    headings = [number for number, line in enumerate(lines) if line.is_heading or line.link]
    below = sum(number + 1 in headings for number in at)
    above = sum(number - 1 in headings for number in at)
    if below != above:
        return below > above
    gaps = sum(lines[number].after_gap for number in at)
    return gaps * 2 > len(at)
