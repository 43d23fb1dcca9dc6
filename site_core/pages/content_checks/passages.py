"""What somebody wrote on a page, passage by passage, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from site_core.pages.blocks import HeadingBlock, QuoteBlock


@dataclass(frozen=True)
class Place:
    """A field of the page; in a stream also the position of the block in it, from 0."""

    field: str
    block: int | None = None


@dataclass(frozen=True)
class Passage:
    """A piece of text. `html` is what rich text is made of, "" where the text is plain.

    What somebody else said is quoted: it keeps its words.
    """

    place: Place
    text: str
    html: str = ""
    is_quoted: bool = False
    is_link_text: bool = False

    @property
    def link_texts(self) -> list[str]:
        if self.is_link_text:
            return [self.text]
        return [link.get_text(" ", strip=True) for link in BeautifulSoup(self.html, "html.parser").find_all("a")]


@dataclass(frozen=True)
class Heading:
    """A heading and its level; the page's own is 1."""

    place: Place
    level: int


@dataclass(frozen=True)
class Picture:
    """A picture and what its describer said."""

    place: Place
    is_described: bool


Part = Passage | Heading | Picture


def parts_of(page: Any) -> Iterator[Part]:
    """Everything on a page that is checked, in the order in which it is read."""
    yield Passage(Place("summary"), page.summary)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for number, child in enumerate(getattr(page, field.name)):
                yield from _parts(child.block, child.value, Place(field.name, number), is_quoted=False)


def _parts(block: blocks.Block, value: Any, place: Place, *, is_quoted: bool) -> Iterator[Part]:
    """The parts of one block and of those in it."""
    if value is None:
        return
    if isinstance(block, ImageBlock):
        yield Picture(place, bool(value.decorative or value.contextual_alt_text))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _rich_text(value.source, place)
    elif isinstance(block, blocks.StructBlock):
        yield from _struct(block, value, place, is_quoted=is_quoted or isinstance(block, QuoteBlock))
    elif isinstance(block, blocks.ListBlock):
        for one in value:
            yield from _parts(block.child_block, one, place, is_quoted=is_quoted)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        if isinstance(block, HeadingBlock):
            yield Heading(place, 2)
        yield Passage(place, str(value), is_quoted=is_quoted)


def _struct(block: blocks.StructBlock, value: Any, place: Place, *, is_quoted: bool) -> Iterator[Part]:
    if value.get("heading"):
        yield Heading(place, 2)
    leads_somewhere = "url" in block.child_blocks
    for name, child in block.child_blocks.items():
        if leads_somewhere and name == "text":
            yield Passage(place, str(value["text"] or ""), is_link_text=True)
        elif name != "url":
            yield from _parts(child, value.get(name), place, is_quoted=is_quoted)


def _rich_text(html: str, place: Place) -> Iterator[Part]:
    soup = BeautifulSoup(html, "html.parser")
    for heading in soup.find_all(["h2", "h3", "h4", "h5", "h6"]):
        yield Heading(place, int(heading.name[1]))
    yield Passage(place, soup.get_text(" ", strip=True), html)
