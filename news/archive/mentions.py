"""Makes a press mention of a row: what it says, and what of it is not on file. Refuses what can be none."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from news.archive.dates import read_date
from news.archive.reading.source import Record, shortened
from news.archive.tags import TagFinder
from news.item_types import ItemType
from news.items import NewsItemPage
from news.publishers import Publisher
from site_core.fields.text import is_visible
from site_core.fields.web_url import canonical_link, check_web_url, with_scheme
from site_core.taxonomy.vocabulary import NamesOnFile

LONGEST_TITLE = 255
LONGEST_DATE = 60
# Each letter of run-together tags is compared with every name on file.
LONGEST_TAGS = 2_000
LONGEST_SUMMARY = int(NewsItemPage._meta.get_field("summary").max_length or 0)
# What stands before a text or a headline to say of which type the piece is. Before a text it is no part of it.
_TYPE_IN_FRONT = re.compile(r"(?P<type>podcast|video|opinion|op-ed|event|report|case study)\s*:\s*", re.I)
_OPINION = re.compile(r"in (this|an|her|his|their) (opinion (piece|column)|op-ed)", re.I)
_TYPES = {"op-ed": ItemType.OPINION, "opinion": ItemType.OPINION, "case study": ItemType.CASE_STUDY}
_SENTENCE = re.compile(r".+?[.!?][”’\"']?(?=\s|$)")


class Refused(Exception):
    """The row can be no press mention. The message is a sentence."""


@dataclass
class Mention:
    """What a row says. `unknown_tags` are names with their tag field, "" where nobody knows of which kind they are."""

    title: str
    link: str = ""
    publisher: str = ""
    publisher_pk: int | None = None
    date: str = ""
    item_type: str = ""
    author: str = ""
    summary: str = ""
    paragraphs: list[str] = field(default_factory=list)
    terms: dict[str, list[int]] = field(default_factory=dict)
    unknown_tags: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def unknown_publisher(self) -> str:
        return "" if self.publisher_pk else self.publisher

    @property
    def has_unknown(self) -> bool:
        return bool(self.unknown_tags or self.unknown_publisher)

    def as_stored(self) -> dict[str, Any]:
        return asdict(self)


class MentionReader:
    """Reads rows with the publishers and terms that are on file when it is made."""

    def __init__(self, columns: dict[str, str]) -> None:
        """`columns` is the column of each field."""
        self.columns = columns
        self.tags = TagFinder()
        self.publishers = NamesOnFile(Publisher.objects.all())

    def read(self, record: Record) -> Mention:
        """Raises Refused."""
        if record.problem:
            raise Refused(record.problem)
        cells = {name: record.cells.get(column, "") for name, column in self.columns.items()}
        mention = Mention(_title(cells["title"]), notes=[record.note] if record.note else [])
        mention.link = self._link(cells, mention)
        self._read_date(cells.get("date", ""), mention)
        self._read_publisher(cells.get("publisher", ""), record.cells.get("feed", ""), mention)
        mention.author = cells.get("author", "")[:LONGEST_TITLE]
        if len(cells.get("tags", "")) > LONGEST_TAGS:
            raise Refused(f"The tags have more than {LONGEST_TAGS:,} characters.")
        found = self.tags.find(cells)
        mention.terms, mention.unknown_tags = found.terms, found.unknown
        _read_words(cells, mention)
        return mention

    def _link(self, cells: dict[str, str], mention: Mention) -> str:
        if not (typed := cells.get("link", "")):
            return ""
        link = canonical_link(with_scheme(typed))
        try:
            check_web_url(link)
        except ValidationError:
            raise Refused(f"“{shortened(typed)}” is not a web address.") from None
        if len(link) > int(NewsItemPage._meta.get_field("link").max_length or 0):
            raise Refused("The web address is longer than 500 characters.")
        return link

    def _read_date(self, typed: str, mention: Mention) -> None:
        if len(typed) > LONGEST_DATE:
            raise Refused(f"“{shortened(typed)}” is not a date.")
        try:
            found, note = read_date(typed)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from None
        mention.date = found.iso if found else ""
        mention.notes += [note] if note else []
        if found is None:
            mention.notes.append("It has no date, so it becomes a draft.")

    def _read_publisher(self, typed: str, feed: str, mention: Mention) -> None:
        name = " ".join(typed.split())[:LONGEST_TITLE]
        found = next((one for each in _spellings(name) if (one := self.publishers.find(each))), None)
        if not name and feed:
            # The title of a newspaper's own feed is its name. Other feeds have another title.
            found = self.publishers.find(feed)
        mention.publisher = found.name if found else _spellings(name)[0]
        mention.publisher_pk = found.pk if found else None


def _title(typed: str) -> str:
    if not is_visible(typed):
        raise Refused("There is no headline.")
    if len(typed) > LONGEST_TITLE:
        raise Refused(f"The headline has {len(typed):,} characters. It may have {LONGEST_TITLE}.")
    return typed


def _spellings(name: str) -> list[str]:
    """Those of a publisher's name: “New York Times, The”, as libraries sort it, and with “The” or without."""
    sorted_name = re.fullmatch(r"(.+), (the|an?)", name, re.I)
    whole = f"{sorted_name[2].capitalize()} {sorted_name[1]}" if sorted_name else name
    bare = re.sub(r"^the ", "", whole, flags=re.I)
    return [whole, bare, f"The {bare}"]


def _read_words(cells: dict[str, str], mention: Mention) -> None:
    """The summary, the text and the type."""
    paragraphs = [one for line in cells.get("text", "").split("\n") if (one := line.strip())]
    mention.item_type = _type_of(cells.get("item_type", ""), mention.title, paragraphs)
    if paragraphs and (in_front := _TYPE_IN_FRONT.match(paragraphs[0])):
        paragraphs[0] = paragraphs[0][in_front.end() :]
    summary = cells.get("summary", "")
    if len(summary) > LONGEST_SUMMARY:
        paragraphs = paragraphs or [summary]
    mention.summary = _beginning(summary or next(iter(paragraphs), ""))
    mention.paragraphs = paragraphs if paragraphs != [mention.summary] else []


def _type_of(typed: str, title: str, paragraphs: list[str]) -> str:
    """The type that a cell names, or that the beginning of the text or of the headline tells; "" if none does."""
    for text in (f"{typed}:", next(iter(paragraphs), ""), title):
        if found := _TYPE_IN_FRONT.match(text):
            name = found["type"].lower()
            return str(_TYPES.get(name) or ItemType(name))
    labels: Iterable[tuple[str, str]] = ItemType.choices
    by_label = {label.lower(): value for value, label in labels}
    if typed.lower() in by_label:
        return by_label[typed.lower()]
    return str(ItemType.OPINION) if paragraphs and _OPINION.match(paragraphs[0]) else ""


def _beginning(text: str) -> str:
    """As many whole sentences as a summary may have, or as many words."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    kept = ""
    for sentence in _SENTENCE.finditer(text[: LONGEST_SUMMARY + 2]):
        if sentence.end() > LONGEST_SUMMARY:
            break
        kept = text[: sentence.end()]
    return kept or text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
