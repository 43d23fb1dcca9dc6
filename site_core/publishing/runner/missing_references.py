"""What a revision refers to and is gone: a picture, a study, a tag.

Wagtail drops such references in silence when it restores a revision, so they are looked for before that.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

# (what is referred to, its number, how the admin names the place in the form)
Reference = tuple[Any, Any, str]

# What Wagtail keeps beside the content, and who made or minds it: none of it is part of what the public sees.
_NOT_CONTENT = frozenset(field.name for field in Page._meta.get_fields())


def missing_references(model: Any, content: dict[str, Any]) -> list[str]:
    """A phrase for each object that is gone, such as “image (Body)”; empty where nothing is."""
    found = list(_in_fields(model, content))
    # Several kinds of term share a table, and one look at it.
    wanted: dict[Any, set[Any]] = {}
    for target, number, _ in found:
        wanted.setdefault(target._meta.concrete_model, set()).add(number)
    there = {
        (target, str(pk))
        for target, numbers in wanted.items()
        for pk in target._base_manager.filter(pk__in=numbers).order_by().values_list("pk", flat=True)
    }
    gone = [
        (target, label) for target, number, label in found if (target._meta.concrete_model, str(number)) not in there
    ]
    return list(dict.fromkeys(f"{target._meta.verbose_name} ({_sentence_case(label)})" for target, label in gone))


def _in_fields(model: Any, content: dict[str, Any], label: str = "") -> Iterator[Reference]:
    """Those of an object, its parts and its blocks. A part's are named for the part."""
    for field in model._meta.concrete_fields:
        value = content.get(field.name)
        if not value or field.name in _NOT_CONTENT or field.primary_key:
            continue
        if isinstance(field, StreamField):
            raw = json.loads(value) if isinstance(value, str) else value
            yield from _in_block(field.stream_block, raw, str(field.verbose_name))
        elif _is_content(field):
            yield field.related_model, value, label or str(field.verbose_name)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        for part in content.get(name) or () if name not in _NOT_CONTENT else ():
            yield from _in_fields(relation.related_model, part, name.replace("_", " "))


def _is_content(field: Any) -> bool:
    """Whether a field points at something the public sees, and not at the revision, the owner or the object itself."""
    if not isinstance(field, models.ForeignKey) or field.remote_field.parent_link:
        return False
    is_part_of_owner = type(field).__name__ == "ParentalKey"
    return not is_part_of_owner and field.editable and not issubclass(field.related_model, get_user_model())


def _in_block(block: Any, value: Any, label: str) -> Iterator[Reference]:
    """Those in the stored value of one block and of the blocks inside it."""
    if not value:
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            if child["type"] in block.child_blocks:
                yield from _in_block(block.child_blocks[child["type"]], child["value"], label)
    elif isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        for name, child_block in block.child_blocks.items():
            yield from _in_block(child_block, value.get(name), label)
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            inner = child["value"] if isinstance(child, dict) and child.get("type") == "item" else child
            yield from _in_block(block.child_block, inner, label)
    elif isinstance(block, blocks.ChooserBlock):
        yield block.model_class, value, label


def _sentence_case(label: str) -> str:
    return label[:1].upper() + label[1:]
