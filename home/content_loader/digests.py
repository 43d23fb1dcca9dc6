"""Tells whether an object has changed since it was loaded, by a digest of its content.

The digest covers the fields that hold something: those that the content entry names, and those that an editor has
filled in since. It leaves out fields with the value that a new object has, so adding a field to a model changes no
digest.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField

# The place in the tree and the way of storage are not content. Neither are fields that nobody can edit (timestamps,
# revisions, locks).
_NOT_CONTENT = frozenset(
    {
        "pk",
        "id",
        "path",
        "depth",
        "numchild",
        "content_type",
        "page_ptr",
        "first_published_at",
        "wagtail_admin_comments",
    }
)
# The admin gives each paragraph of rich text such a key when it saves one.
_PARAGRAPH_KEY = re.compile(r' data-block-key=\\"[^"\\]*\\"')


def object_digest(target: models.Model) -> str:
    """Digest what the object says, live and in its newest draft."""
    model, revision = type(target), getattr(target, "latest_revision", None)
    content = {
        "live": getattr(target, "live", True),
        "row": _content(model, _serialized(target)),
        "draft": _content(model, revision.content) if revision else None,
    }
    text = json.dumps(content, sort_keys=True)
    return hashlib.sha256(_PARAGRAPH_KEY.sub("", text).encode()).hexdigest()


def _serialized(target: models.Model) -> dict[str, object]:
    """Serialize an object as a revision does, also one of a model without revisions."""
    serialize = getattr(target, "serializable_data", None)
    content = serialize() if serialize else get_serializable_data_for_fields(target)
    return dict(json.loads(json.dumps(content, cls=DjangoJSONEncoder)))


def _content(model: type[models.Model], serialized: Mapping[str, object]) -> dict[str, object]:
    """Return the filled fields of a serialized object and of its children, in one notation."""
    content = _filled_fields(model, serialized)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        children = serialized.get(name)
        if isinstance(children, list) and children and name not in _NOT_CONTENT:
            content[name] = _children(relation.related_model, children, relation.field.name)
    return content


def _children(model: type[models.Model], children: list[dict[str, Any]], parent: str) -> list[dict[str, object]]:
    """Keep the order of children that have one. Sort the others, so that their order in the database is no change."""
    ordered = sorted(children, key=lambda child: child.get("sort_order") or 0)
    filled = [_filled_fields(model, child, parent) for child in ordered]
    if any(child.get("sort_order") is not None for child in children):
        return filled
    return sorted(filled, key=lambda child: json.dumps(child, sort_keys=True))


def _filled_fields(model: type[models.Model], serialized: Mapping[str, object], parent: str = "") -> dict[str, object]:
    """Return the editable fields that differ from a new object's. A draft from before a field was added lacks it."""
    new = _serialized(model())
    filled = {}
    for field in model._meta.fields:
        if not field.editable or field.name in _NOT_CONTENT or field.name == parent or field.name not in serialized:
            continue
        value = _plain(field, serialized[field.name])
        if value != _plain(field, new[field.name]):
            filled[field.name] = value
    return filled


def _plain(field: models.Field[object, object], value: object) -> object:
    """Return a serialized value in the one notation that all databases share."""
    if isinstance(field, StreamField):
        return _without_ids(json.loads(str(value or "[]")))
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{Decimal(str(value)).normalize():f}"
    return value


def _without_ids(value: object) -> object:
    """Return a stream without the ids of its blocks, which are made up on saving."""
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {name: _without_ids(part) for name, part in value.items() if not (is_block and name == "id")}
    return value
