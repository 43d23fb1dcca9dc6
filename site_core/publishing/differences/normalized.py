"""Serialized content in one form, and which of a model's fields are content."""

import json
import re
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from site_core.publishing.differences.changed_fields import Shape
from site_core.publishing.types import Content, Recorded

# Wagtail declares these fields editable. A fix and an update each have their own change note.
_NEVER_MERGED = {
    *("pk", "id", "page_ptr", "path", "depth", "numchild", "content_type", COMMENTS_RELATION_NAME),
    *("first_published_at", "go_live_at", "expire_at", "change_note"),
}

# The rich text editor gives each paragraph a key, and a new key to a text without one.
BLOCK_KEY = re.compile(r'(<\w+) data-block-key=\\?"\w*\\?"')


def shape_of(model: type[Recorded]) -> Shape:
    """Which fields of a model are bodies of blocks, which are child relations, and which are never merged."""
    fields = [field for field in model._meta.get_fields() if getattr(field, "concrete", False)]
    uneditable = {field.name for field in fields if not field.editable}
    rows = {
        relation.get_accessor_name(): ("tag",) if issubclass(relation.related_model, ItemBase) else ()
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    }
    return Shape(
        streams=frozenset(field.name for field in fields if isinstance(field, StreamField)),
        relations=rows,
        unmerged=frozenset(_NEVER_MERGED | uneditable),
    )


def normalized(model: type[Recorded], content: Content) -> Content:
    """The content as a form would save it, so that unchanged content is equal on every side.

    Otherwise a decimal may have more or fewer zeros, a block may lack the fields that were added to it later, and
    paragraphs may have other keys of the editor or none.
    """
    values = json.loads(json.dumps(with_plain_decimals(model, content), cls=DjangoJSONEncoder))
    for field in model._meta.concrete_fields:
        value = values.get(field.name)
        if isinstance(field, StreamField) and value is not None:
            values[field.name] = json.dumps(_normalized_blocks(field.stream_block, json.loads(value or "[]")))
    return {name: BLOCK_KEY.sub(r"\1", value) if isinstance(value, str) else value for name, value in values.items()}


def with_plain_decimals(model: type[Recorded], content: Content) -> Content:
    """The content with as many digits in each decimal as its field has."""
    decimals = {
        field.name: str(Decimal(str(content[field.name])).quantize(Decimal(1).scaleb(-field.decimal_places)))
        for field in model._meta.concrete_fields
        if isinstance(field, models.DecimalField) and content.get(field.name) is not None
    }
    return {**content, **decimals}


def _normalized_blocks(stream_block: StreamBlock, blocks: list[Content]) -> list[Content]:
    """Drops blocks of a type that no longer exists, as Wagtail does."""
    known = stream_block.child_blocks
    return [
        {**block, "value": known[block["type"]].get_prep_value(known[block["type"]].to_python(block["value"]))}
        for block in blocks
        if block["type"] in known
    ]
