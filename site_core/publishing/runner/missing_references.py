"""Finds what a revision refers to and has been deleted: an image, a study, a tag.

Wagtail silently drops such references when it restores a revision, so this runs first.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page

from site_core.publishing.types import Content

# Wagtail's own fields of a page. The public sees none of what they refer to.
_NOT_CONTENT = frozenset(field.name for field in Page._meta.get_fields())


class Reference(NamedTuple):
    """A reference to an object of a model, and the label of its field in the form."""

    model: type[models.Model]
    pk: object
    label: str

    @property
    def key(self) -> tuple[type[models.Model], str]:
        """The same for every proxy model of a table."""
        return self.model._meta.concrete_model or self.model, str(self.pk)


def missing_references(model: type[DraftStateMixin], content: Content) -> list[str]:
    """A phrase for each reference to a deleted object, such as “image (Body)”."""
    references = list(_references_of(model, content))
    wanted: dict[type[models.Model], set[object]] = {}
    for reference in references:
        wanted.setdefault(reference.key[0], set()).add(reference.pk)
    existing = {
        (target, str(pk))
        for target, pks in wanted.items()
        for pk in target._base_manager.filter(pk__in=pks).order_by().values_list("pk", flat=True)
    }
    missing = (reference for reference in references if reference.key not in existing)
    return list(dict.fromkeys(f"{one.model._meta.verbose_name} ({capfirst(one.label)})" for one in missing))


def _references_of(model: type[models.Model], content: Content, label: str = "") -> Iterator[Reference]:
    """The references of an object, its child relations and its blocks. A child relation gives its rows their label."""
    for field in model._meta.concrete_fields:
        value = content.get(field.name)
        if not value or field.name in _NOT_CONTENT or field.primary_key:
            continue
        if isinstance(field, StreamField):
            raw = json.loads(value) if isinstance(value, str) else value
            yield from _references_in_block(field.stream_block, raw, str(field.verbose_name))
        elif (target := field.related_model) and _is_content(field):
            yield Reference(target, value, label or str(field.verbose_name))
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        rows = content.get(name) if name not in _NOT_CONTENT else None
        for row in rows if isinstance(rows, list) else ():
            yield from _references_of(relation.related_model, row, name.replace("_", " "))


def _is_content(field: models.Field[object, object]) -> bool:
    """Whether a field refers to something the public sees: not a user, the parent row or the owner of this row."""
    if not isinstance(field, models.ForeignKey) or field.remote_field.parent_link:
        return False
    is_part_of_owner = type(field).__name__ == "ParentalKey"
    return not is_part_of_owner and field.editable and not issubclass(field.related_model, get_user_model())


def _references_in_block(block: blocks.Block, value: Any, label: str) -> Iterator[Reference]:
    """The references in the stored value of a block and of the blocks inside it."""
    if not value:
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            if child["type"] in block.child_blocks:
                yield from _references_in_block(block.child_blocks[child["type"]], child["value"], label)
    elif isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        for name, child_block in block.child_blocks.items():
            yield from _references_in_block(child_block, value.get(name), label)
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            inner = child["value"] if isinstance(child, dict) and child.get("type") == "item" else child
            yield from _references_in_block(block.child_block, inner, label)
    elif isinstance(block, blocks.ChooserBlock):
        yield Reference(block.model_class, value, label)
