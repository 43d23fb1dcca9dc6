"""Builds streams of blocks from a file.

A stream is a list of blocks, each a mapping of the block's name to its value. Pages, places and figures are referred
to by the names of their entries. A link in a text is written <a href="page:contact">…</a>.
"""

import re
from functools import singledispatchmethod
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.content_loader.entries import Entry
from home.content_loader.record import Record
from impact.models import ImpactStat
from site_core.taxonomy.models import PlaceTerm

# The family of the entries from which a chooser block chooses.
_CHOSEN_FROM = {PlaceTerm: "place", ImpactStat: "figure"}
_LINK = re.compile(r'<a href="page:([^"]*)">(.*?)</a>')
_SPACE_BETWEEN_PARAGRAPHS = re.compile(r"> (?=</?(?:p|h3|h4|ul|ol|li)\b)")


class Body:
    """Builds and validates one stream of an entry. No form validates blocks that are built in code."""

    def __init__(self, record: Record, entry: Entry, field: str) -> None:
        self.record = record
        self.entry = entry
        self.field = field

    def build(self, stream: blocks.StreamBlock, given: list[dict[str, Any]]) -> blocks.StreamValue:
        """Return the value of the stream. Raises ContentError with the block that is wrong."""
        value = stream.to_python(self.stored(stream, given, self.field))
        try:
            return stream.clean(value)
        except ValidationError as error:
            where, message = first_block_error(error, self.field)
            raise self.entry.error(where, message) from error

    @singledispatchmethod
    def stored(self, block: blocks.Block, given: object, where: str) -> object:
        """Return the stored form of a value in the file."""
        raise self.entry.error(where, "a block of this kind cannot be loaded from a file.")

    @stored.register(blocks.StreamBlock)
    def _(self, block: blocks.StreamBlock, given: Any, where: str) -> list[object]:
        self.expect(given, list, where, "a list of blocks")
        return [self.block_of_stream(block, item, f"{where} {n}") for n, item in enumerate(given, start=1)]

    def block_of_stream(self, stream: blocks.StreamBlock, given: object, where: str) -> dict[str, object]:
        if not isinstance(given, dict) or len(given) != 1:
            raise self.entry.error(where, "must be one block: its name, a colon and its value.")
        ((name, value),) = given.items()
        if name not in stream.child_blocks:
            raise self.entry.error(where, f"there is no block “{name}” here. Use {', '.join(stream.child_blocks)}.")
        return {"type": name, "value": self.stored(stream.child_blocks[name], value, f"{where}, {name}")}

    @stored.register(blocks.StructBlock)
    def _(self, block: blocks.StructBlock, given: Any, where: str) -> dict[str, object]:
        self.expect(given, dict, where, "fields with values")
        for name in given:
            if name not in block.child_blocks:
                known = ", ".join(block.child_blocks)
                raise self.entry.error(f"{where}, {name}", f"there is no such field. Use {known}.")
        return {
            name: self.stored(block.child_blocks[name], value, f"{where}, {name}") for name, value in given.items()
        }

    @stored.register(blocks.ListBlock)
    def _(self, block: blocks.ListBlock, given: Any, where: str) -> list[object]:
        self.expect(given, list, where, "a list")
        items = [self.stored(block.child_block, item, f"{where} {n}") for n, item in enumerate(given, start=1)]
        return [item for item in items if item is not None]

    @stored.register(blocks.PageChooserBlock)
    def _(self, block: blocks.PageChooserBlock, given: str, where: str) -> int | None:
        return self.chosen("page", given, where)

    @stored.register(SnippetChooserBlock)
    def _(self, block: SnippetChooserBlock, given: str, where: str) -> int | None:
        return self.chosen(_CHOSEN_FROM[block.target_model], given, where)

    def chosen(self, family: str, given: str, where: str) -> int | None:
        """Return the pk of the object of the named entry, or None if an editor has deleted it."""
        self.expect(given, str, where, "a name")
        found = self.record.find(self.entry, where, family, given)
        return int(found.pk) if found else None

    @stored.register(blocks.RichTextBlock)
    def _(self, block: blocks.RichTextBlock, given: str, where: str) -> str:
        self.expect(given, str, where, "text")
        return self.rich_text(given, where)

    def rich_text(self, given: str, where: str) -> str:
        """Return the text with its links as the admin stores them. The text of a link to a deleted page stays."""

        def linked(match: re.Match[str]) -> str:
            page = self.record.find(self.entry, where, "page", match[1])
            return f'<a linktype="page" id="{page.pk}">{match[2]}</a>' if page else match[2]

        return _LINK.sub(linked, _SPACE_BETWEEN_PARAGRAPHS.sub(">", " ".join(given.split())))

    @stored.register(blocks.StaticBlock)
    def _(self, block: blocks.StaticBlock, given: object, where: str) -> None:
        self.expect(given, type(None), where, "empty: the block fills itself")

    @stored.register(blocks.IntegerBlock)
    def _(self, block: blocks.IntegerBlock, given: int, where: str) -> int:
        self.expect(given, int, where, "a whole number")
        return given

    @stored.register(blocks.CharBlock)
    @stored.register(blocks.TextBlock)
    def _(self, block: blocks.FieldBlock, given: str, where: str) -> str:
        self.expect(given, str, where, "text (put it in quotation marks)")
        return given

    def expect(self, given: object, kind: type, where: str, words: str) -> None:
        """Raise ContentError for a value of another type."""
        if type(given) is not kind:
            raise self.entry.error(where, f"must be {words}.")


def first_block_error(error: ValidationError, where: str) -> tuple[str, str]:
    """Return the path and the message of the first error in a stream."""
    for name, inner in getattr(error, "block_errors", {}).items():
        return first_block_error(inner, f"{where} {name + 1}" if isinstance(name, int) else f"{where}, {name}")
    others = getattr(error, "non_block_errors", None)
    return where, str(others[0]) if others else error.messages[0]
