"""Shows each conflict between a fix and a scheduled update, so that an editor can choose a version."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.admin.compare import get_comparison_class_for_block
from wagtail.blocks import Block
from wagtail.models import DraftStateMixin

from site_core.publishing.differences.normalized import shape_of
from site_core.publishing.editing.merge import ABSENT, ORDER, Conflict, Side
from site_core.publishing.field_labels import label_of_field
from site_core.publishing.history.recorded_objects import in_words
from site_core.publishing.types import Content

Model = type[DraftStateMixin]

EMPTY = "(empty)"
MISSING = "(not there)"


@dataclass(frozen=True)
class Choice:
    """One conflict on the page: each version as HTML, and the version chosen so far."""

    name: str
    label: str
    base: SafeString
    fix: SafeString
    scheduled: SafeString
    chosen: str

    @property
    def input_name(self) -> str:
        return f"choice-{self.name}"


def choices_for(model: Model, conflicts: list[Conflict], chosen: Mapping[str, Side]) -> list[Choice]:
    return [
        Choice(
            name=conflict.name,
            label=label_of(model, conflict),
            **{side: _render(model, conflict, getattr(conflict, side)) for side in ("base", "fix", "scheduled")},
            chosen=chosen.get(conflict.name, ""),
        )
        for conflict in conflicts
    ]


def label_of(model: Model, conflict: Conflict) -> str:
    """Such as “Body: Paragraph” or “Places”."""
    label = label_of_field(model, conflict.field)
    if conflict.key == ORDER:
        return f"{label}: order"
    if conflict.key and conflict.field in shape_of(model).streams:
        versions = (conflict.fix, conflict.scheduled, conflict.base)
        block = next(version for version in versions if isinstance(version, dict))
        return f"{label}: {_block_definition(model, conflict.field, block).label}"
    return label


def _render(model: Model, conflict: Conflict, value: object) -> SafeString:
    if value is ABSENT:
        return format_html("<p>{}</p>", MISSING)
    if conflict.key == ORDER and isinstance(value, list):
        items = format_html_join("", "<li>{}</li>", ((_render_value(model, conflict.field, item),) for item in value))
        return format_html("<ol>{}</ol>", items)
    return _render_value(model, conflict.field, value)


def _render_value(model: Model, name: str, value: object) -> SafeString:
    if isinstance(value, dict) and name in shape_of(model).streams:
        return _render_block(model, name, value)
    if isinstance(value, dict) and name in shape_of(model).relations:
        return _render_row(model, name, value)
    return format_html("<p>{}</p>", _display(model._meta.get_field(name), value))


def _render_block(model: Model, name: str, block: Content) -> SafeString:
    """A block with all its parts, as Wagtail's comparison of versions shows it."""
    definition = _block_definition(model, name, block)
    value = definition.to_python(block["value"])
    comparison = get_comparison_class_for_block(definition)(definition, True, True, value, value)
    return format_html("<div>{}</div>", comparison.htmlvalue(value))


def _block_definition(model: Model, name: str, block: Content) -> Block:
    return model._meta.get_field(name).stream_block.child_blocks[block["type"]]


def _render_row(model: Model, name: str, row: Content) -> SafeString:
    """A tag by its name. Any other row by all its fields."""
    relation = next(one for one in get_all_child_relations(model) if one.get_accessor_name() == name)
    tag = shape_of(model).relations[name]
    fields = [
        field
        for field in relation.related_model._meta.concrete_fields
        if field.editable and not field.primary_key and field is not relation.field and field.name != "sort_order"
    ]
    if tag:
        return format_html("<p>{}</p>", _display(relation.related_model._meta.get_field(tag[0]), row.get(tag[0])))
    pairs = ((capfirst(field.verbose_name), _display(field, row.get(field.name))) for field in fields)
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


def _display(field: models.Field[object, object], value: object) -> str:
    """A serialized value as text for an editor."""
    return EMPTY if value in (None, "", []) else in_words(field, value, _name_today)


def _name_today(model: type[models.Model], pk: str) -> str:
    return str(model._base_manager.filter(pk=pk).first() or "(deleted in the meantime)")
