"""Says of each row whether the site has it, or the file has had it before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models

from news.archive.columns import LABELS
from news.archive.mentions import Mention, MentionReader, Refused
from news.archive.reading.source import Record
from news.article.proposed_tags import FIELD_OF_KIND
from news.items import NewsItemPage
from news.tagged_items import TAGGED_ITEMS
from site_core.fields.text import comparable
from site_core.fields.web_url import canonical_link, spellings
from site_core.publishing.trashed_page import outside_trash

# Rows that are compared with one query for each field.
TOGETHER = 200
# Items whose pk is that much lower than the newest may be committed after it.
_STILL_COMING = 500


class Outcome(models.TextChoices):
    """What a row is to the site."""

    NEW = "new", "New"
    ON_FILE = "on_file", "On file"
    CHANGED = "changed", "On file, with differences"
    REFUSED = "refused", "Refused"


@dataclass
class Verdict:
    """A row with its outcome. `reason` says why it is not new, `page_pk` which item of the site is the same."""

    record: Record
    outcome: Outcome
    mention: Mention | None = None
    reason: str = ""
    page_pk: int | None = None


@dataclass(frozen=True)
class Entry:
    """A mention that is there already: an item of the site, or a line of the file."""

    publisher: int | str | None
    page_pk: int | None = None
    line: int = 0


class Index:
    """Mentions by link and by headline. Holds a few bytes of each, not the mentions."""

    def __init__(self) -> None:
        self._by_link: dict[int, Entry] = {}
        self._by_headline: dict[int, list[Entry]] = {}

    def find(self, mention: Mention) -> Entry | None:
        """The same mention, by its link or else by its headline and publisher. A missing publisher may be any."""
        if mention.link and (entry := self._by_link.get(_link_key(mention.link))):
            return entry
        publisher = _publisher_of(mention)
        for entry in self._by_headline.get(_headline_key(mention.title), ()):
            if None in (publisher, entry.publisher) or publisher == entry.publisher:
                return entry
        return None

    def add(self, entry: Entry, link: str, titles: Iterable[str]) -> None:
        if link:
            self._by_link.setdefault(_link_key(link), entry)
        for key in {_headline_key(title) for title in titles if title}:
            entries = self._by_headline.setdefault(key, [])
            if entry not in entries:
                entries.append(entry)


class OnFile(Index):
    """The items of the site."""

    def __init__(self) -> None:
        super().__init__()
        self._newest = 0
        self.look_again()

    def look_again(self) -> None:
        """Take in the items that were added to the site since the last look."""
        since = self._newest - _STILL_COMING
        items = outside_trash(NewsItemPage.objects.filter(alias_of=None, pk__gt=since)).order_by("pk")
        fields = ("pk", "title", "draft_title", "link", "publisher_id")
        for pk, title, draft_title, link, publisher in items.values_list(*fields).iterator(chunk_size=2_000):
            self.add(Entry(publisher, page_pk=pk), link and canonical_link(link), {title, draft_title})
            self._newest = pk

    def add_item(self, item: NewsItemPage) -> None:
        """Take in an item that has just been added."""
        self.add(Entry(item.publisher_id, page_pk=item.pk), item.link, {item.title})


def compared(records: Iterator[Record], reader: MentionReader) -> Iterator[Verdict]:
    """The verdict on each row, in the order of the file."""
    on_file, lines = OnFile(), Index()
    while some := list(islice(records, TOGETHER)):
        verdicts = [_verdict(record, reader, on_file, lines) for record in some]
        _mark_changed([verdict for verdict in verdicts if verdict.page_pk])
        yield from verdicts


def _verdict(record: Record, reader: MentionReader, on_file: OnFile, lines: Index) -> Verdict:
    try:
        mention = reader.read(record)
    except Refused as refused:
        return Verdict(record, Outcome.REFUSED, reason=str(refused))
    if earlier := lines.find(mention):
        return Verdict(record, Outcome.ON_FILE, mention, f"Line {earlier.line:,} of the file has it, too.")
    lines.add(Entry(_publisher_of(mention), line=record.line), mention.link, {mention.title})
    if entry := on_file.find(mention):
        return Verdict(record, Outcome.ON_FILE, mention, "The site has it.", entry.page_pk)
    return Verdict(record, Outcome.NEW, mention)


def _mark_changed(verdicts: list[Verdict]) -> None:
    """Find those that say something else than the item of the site."""
    pks = {verdict.page_pk for verdict in verdicts}
    items = NewsItemPage.objects.select_related("publisher").in_bulk(pks)
    terms: dict[tuple[int, str], set[int]] = {}
    for kind, through in TAGGED_ITEMS.items():
        pairs = through._default_manager.filter(content_object_id__in=pks).values_list("content_object_id", "tag_id")
        for pk, tag in pairs:
            terms.setdefault((pk, FIELD_OF_KIND[kind]), set()).add(tag)
    for verdict in verdicts:
        mention: Any = verdict.mention
        item: Any = items[verdict.page_pk]
        fields = list(_differences(mention, item))
        fields += [
            name for name, pks in mention.terms.items() if not terms.get((item.pk, name), set()).issuperset(pks)
        ]
        if fields:
            labels = ", ".join(LABELS[name].lower() for name in fields)
            verdict.outcome = Outcome.CHANGED
            verdict.reason = f"The site has {item.reference} with something else in: {labels}."


def _differences(mention: Mention, item: NewsItemPage) -> Iterator[str]:
    """The fields in which a row says something else. What it leaves out is no difference, nor a date less precise."""
    if comparable(mention.title) not in (comparable(item.title), comparable(item.draft_title)):
        yield "title"
    if mention.link and item.link not in spellings(mention.link):
        yield "link"
    if mention.publisher_pk and mention.publisher_pk != item.publisher_id:
        yield "publisher"
    if mention.date and not (item.date and item.date.iso.startswith(mention.date)):
        yield "date"
    if mention.item_type and mention.item_type != item.item_type:
        yield "item_type"
    for name in ("author", "summary"):
        said = getattr(mention, name)
        if said and comparable(said) != comparable(getattr(item, name)):
            yield name


def _publisher_of(mention: Mention) -> int | str | None:
    return mention.publisher_pk or comparable(mention.publisher) or None


def _link_key(link: str) -> int:
    return hash(min(spellings(link)))


def _headline_key(title: str) -> int:
    return hash(comparable(title))
