"""Which fields differ between two versions of serialized content.

Plain data in, plain data out, without the database. Fields are compared as a whole, without what only the editor's
own bookkeeping changes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_core.publishing.types import Content

# The rich text editor may write new keys with every save.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# The columns of a row that are not its content.
_NOT_CONTENT_OF_ROW = frozenset({"pk", "sort_order"})


@dataclass(frozen=True)
class Shape:
    """The kinds of fields of a model, as far as the merge has to know."""

    streams: frozenset[str] = frozenset()
    # For each child relation, the fields that identify a row, if there are any.
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Fields that no form edits, and publishing dates: the scheduled update keeps its own.
    unmerged: frozenset[str] = frozenset()


def changed_fields(before: Content, after: Content, shape: Shape) -> list[str]:
    """The fields whose content differs."""
    return [
        name
        for name in after
        if name not in shape.unmerged
        and comparable_field(name, before.get(name), shape) != comparable_field(name, after[name], shape)
    ]


def comparable_field(name: str, value: object, shape: Shape) -> object:
    """The content of a field, however it is serialized."""
    if name in shape.streams:
        return without_editor_keys(list(blocks_by_id(value).values()))
    if name in shape.relations:
        return [without_editor_keys(row) for row in in_order(value)]
    return without_editor_keys(value)


def without_editor_keys(value: object) -> object:
    """A value without what editors cannot see."""
    if isinstance(value, str):
        return _BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        return [without_editor_keys(item) for item in value]
    if isinstance(value, dict):
        hidden = _NOT_CONTENT_OF_ROW if "pk" in value else frozenset()
        return {key: without_editor_keys(item) for key, item in value.items() if key not in hidden}
    return value


def blocks_by_id(stream: object) -> dict[str, Content]:
    """The blocks of a body by their ids."""
    if isinstance(stream, str):
        stream = json.loads(stream or "[]")
    blocks = stream if isinstance(stream, list) else []
    return {block.get("id") or f"block {place}": block for place, block in enumerate(blocks)}


def in_order(rows: object) -> list[Content]:
    """The rows by `sort_order`. Rows without one keep their place."""
    return sorted(rows if isinstance(rows, list) else [], key=lambda row: row.get("sort_order") or 0)
