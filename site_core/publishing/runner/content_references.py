"""What the content of a revision refers to: an image, a study, a tag, a document that a text links to.

Content is JSON, which Wagtail's reference index does not read unless it is public. The same walk finds the references
and puts others in their place.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page

from site_core.publishing.types import Content

# Wagtail's own fields of a page. The public sees none of what they refer to.
_NOT_CONTENT = frozenset(field.name for field in Page._meta.get_fields())
_DOCUMENT_LINK = re.compile(r'<a\b[^>]*\blinktype="document"[^>]*>')
_ID = re.compile(r'(\bid=")(\d+)(")')


class Reference(NamedTuple):
    """A reference to an object of a model, and the label of its field in the form."""

    model: type[models.Model]
    pk: object
    label: str

    @property
    def key(self) -> tuple[type[models.Model], str]:
        """The same for every proxy model of a table."""
        return self.model._meta.concrete_model or self.model, str(self.pk)


# Gives the pk that goes in the place of a reference's own.
Swap = Callable[[Reference], object]


def key_of(obj: models.Model) -> tuple[type[models.Model], str]:
    """The `key` of every reference to an object."""
    return Reference(type(obj), obj.pk, "").key


def references_in(model: type[models.Model], content: Content) -> list[Reference]:
    """The references of an object, its child relations and its blocks, in the order of the fields."""
    found: list[Reference] = []

    def note(reference: Reference) -> object:
        found.append(reference)
        return reference.pk

    rewritten(model, content, note)
    return found


def rewritten(model: type[models.Model], content: Content, swap: Swap, label: str = "") -> Content:
    """The content with another pk in each reference. A child relation gives its rows their label."""
    changed = dict(content)
    for field in model._meta.concrete_fields:
        value = content.get(field.name)
        if not value or field.name in _NOT_CONTENT or field.primary_key:
            continue
        if isinstance(field, StreamField):
            raw = json.loads(value) if isinstance(value, str) else value
            blocks_now = _block(field.stream_block, raw, str(field.verbose_name), swap)
            changed[field.name] = json.dumps(blocks_now) if isinstance(value, str) else blocks_now
        elif (target := field.related_model) and _is_content(field):
            changed[field.name] = swap(Reference(target, value, label or str(field.verbose_name)))
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        rows = content.get(name) if name not in _NOT_CONTENT else None
        if isinstance(rows, list):
            related = relation.related_model
            new = [rewritten(related, row, swap, name.replace("_", " ")) for row in rows]
            changed[name] = _each_tag_once(new) if issubclass(related, ItemBase) else new
    return changed


def _each_tag_once(rows: Iterable[Content]) -> list[Content]:
    """The database allows each tag once."""
    return list({row.get("tag"): row for row in reversed(list(rows))}.values())[::-1]


def _is_content(field: models.Field[object, object]) -> bool:
    """Whether a field refers to something the public sees: not a user, the parent row or the owner of this row."""
    if not isinstance(field, models.ForeignKey) or field.remote_field.parent_link:
        return False
    is_part_of_owner = type(field).__name__ == "ParentalKey"
    return not is_part_of_owner and field.editable and not issubclass(field.related_model, get_user_model())


def _block(block: blocks.Block, value: Any, label: str, swap: Swap) -> Any:
    """The stored value of a block, and of the blocks inside it, with other pks."""
    if not value:
        return value
    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return [
            {**child, "value": _block(known[child["type"]], child["value"], label, swap)}
            if child["type"] in known
            else child
            for child in value
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return {
            name: _block(block.child_blocks[name], inner, label, swap) if name in block.child_blocks else inner
            for name, inner in value.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [_list_item(block.child_block, child, label, swap) for child in value]
    if isinstance(block, blocks.ChooserBlock):
        return swap(Reference(block.model_class, value, label))
    return _text(value, label, swap) if isinstance(block, blocks.RichTextBlock) else value


def _list_item(block: blocks.Block, child: Any, label: str, swap: Swap) -> Any:
    if isinstance(child, dict) and child.get("type") == "item":
        return {**child, "value": _block(block, child["value"], label, swap)}
    return _block(block, child, label, swap)


def _text(value: str, label: str, swap: Swap) -> str:
    """Rich text refers to documents in its links."""

    def linked(link: re.Match[str]) -> str:
        return _ID.sub(
            lambda found: f"{found[1]}{swap(Reference(get_document_model(), int(found[2]), label))}{found[3]}", link[0]
        )

    return _DOCUMENT_LINK.sub(linked, value)
