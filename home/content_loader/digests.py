"""Whether an object is still as the loader left it."""

import hashlib
import json
import re
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField

# Where an object stands and how it is stored says nothing of what an editor wrote. Fields that nobody can edit
# (timestamps, revisions, locks) are left out too.
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
# Fields that came after a first site was loaded. While one is empty or as a new object has it, it is left out, so
# that what was loaded before there was such a field does not look as if an editor had changed it.
_ADDED_SINCE = frozenset(
    {
        "change_note",
        "concerns_partner_violence",
        "corrected_on",
        "correction",
        "correction_text",
        "outcome_group",
        "where_it_began",
        "who_takes_part",
    }
)
# The admin gives each paragraph such a key when it saves one.
_PARAGRAPH_KEY = re.compile(r' data-block-key=\\"[^"\\]*\\"')


def object_digest(target: models.Model) -> str:
    """The same as long as nobody has changed what the object says, live or in its newest draft."""
    revision = getattr(target, "latest_revision", None)
    content = {
        "live": getattr(target, "live", True),
        "row": _comparable(type(target), _serialized(target)),
        "draft": _comparable(type(target), revision.content) if revision else None,
    }
    text = json.dumps(content, sort_keys=True)
    return hashlib.sha256(_PARAGRAPH_KEY.sub("", text).encode()).hexdigest()


def _serialized(target: Any) -> dict[str, Any]:
    """As a revision holds it, for objects without revisions too."""
    if hasattr(target, "serializable_data"):
        content = target.serializable_data()
    else:
        content = get_serializable_data_for_fields(target)
    return dict(json.loads(json.dumps(content, cls=DjangoJSONEncoder)))


def _comparable(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """What an editor can change of a serialized object, written one way."""
    editable = {field.name: field for field in model._meta.fields if field.editable and field.name not in _NOT_CONTENT}
    found = {
        name: _plain(field, content.get(name))
        for name, field in editable.items()
        if not (name in _ADDED_SINCE and content.get(name) in (None, field.get_default()))
    }
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name not in _NOT_CONTENT:
            found[name] = _plain_children(content.get(name, []), relation.field.name)
    return found


def _plain(field: Any, value: Any) -> Any:
    if isinstance(field, StreamField):
        return _without_ids(json.loads(value or "[]"))
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{Decimal(value).normalize():f}"
    return value


def _plain_children(children: list[dict[str, Any]], parent: str) -> list[dict[str, Any]]:
    """In their order where they have one, else in any that is always the same."""
    kept = [
        {name: value for name, value in child.items() if name not in ("pk", "sort_order", parent)}
        for child in sorted(children, key=lambda child: child.get("sort_order") or 0)
    ]
    ordered = any(child.get("sort_order") is not None for child in children)
    return kept if ordered else sorted(kept, key=lambda child: json.dumps(child, sort_keys=True))


def _without_ids(value: Any) -> Any:
    """A stream without the ids of its blocks, which are made up on saving."""
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {name: _without_ids(part) for name, part in value.items() if not (is_block and name == "id")}
    return value
