"""Splits the content of a page into the parts that the content checks read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from site_core.fields.text import is_visible
from site_core.media.alt_text import is_file_name
from site_core.pages.blocks import HeadingBlock, QuoteBlock


@dataclass(frozen=True)
class Location:
    """A field of the page, and in a StreamField the index of the block."""

    field: str
    block: int | None = None


@dataclass(frozen=True)
class Passage:
    """A piece of text. `html` is the source of rich text, "" for plain text.

    A quoted passage holds somebody else's words, which stay as they are.
    """

    location: Location
    text: str
    html: str = ""
    is_quoted: bool = False
    is_link_text: bool = False

    @cached_property
    def link_texts(self) -> list[str]:
        if self.is_link_text:
            return [self.text]
        return [link.get_text(" ", strip=True) for link in BeautifulSoup(self.html, "html.parser").find_all("a")]


@dataclass(frozen=True)
class Heading:
    """A heading and its level. The page title is level 1."""

    location: Location
    level: int


@dataclass(frozen=True)
class Picture:
    """A picture, and whether it has a description or is marked as decoration."""

    location: Location
    is_described: bool


Part = Passage | Heading | Picture


def parts_of(page: Page) -> Iterator[Part]:
    """Every part of a page that is checked, in reading order, the summary first."""
    yield Passage(Location("summary"), page.summary)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for index, child in enumerate(getattr(page, field.name)):
                yield from _parts(child.block, child.value, Location(field.name, index), is_quoted=False)
        elif isinstance(field, RichTextField):
            yield from _rich_text(getattr(page, field.name), Location(field.name))


def _parts(block: blocks.Block, value: Any, location: Location, *, is_quoted: bool) -> Iterator[Part]:
    """The parts of a block and its child blocks."""
    if value is None:
        return
    if isinstance(block, ImageBlock):
        alt_text = value.contextual_alt_text or ""
        is_described = is_visible(alt_text) and not is_file_name(alt_text, value.file.name)
        yield Picture(location, bool(value.decorative or is_described))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _rich_text(value.source, location)
    elif isinstance(block, blocks.StructBlock):
        yield from _struct(block, value, location, is_quoted=is_quoted or isinstance(block, QuoteBlock))
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            yield from _parts(block.child_block, child, location, is_quoted=is_quoted)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        if isinstance(block, HeadingBlock):
            yield Heading(location, 2)
        yield Passage(location, str(value), is_quoted=is_quoted)


def _struct(
    block: blocks.StructBlock, value: blocks.StructValue, location: Location, *, is_quoted: bool
) -> Iterator[Part]:
    if value.get("heading"):
        yield Heading(location, 2)
    is_link = "url" in block.child_blocks
    for name, child in block.child_blocks.items():
        if is_link and name == "text":
            yield Passage(location, str(value["text"] or ""), is_link_text=True)
        elif name != "url":
            yield from _parts(child, value.get(name), location, is_quoted=is_quoted)


def _rich_text(html: str, location: Location) -> Iterator[Part]:
    soup = BeautifulSoup(html, "html.parser")
    for heading in soup.find_all(["h2", "h3", "h4", "h5", "h6"]):
        yield Heading(location, int(heading.name[1]))
    yield Passage(location, soup.get_text(" ", strip=True), html)
