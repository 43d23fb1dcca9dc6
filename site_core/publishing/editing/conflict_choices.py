"""Says in words what both a fix and a scheduled update have changed, so that an editor can choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.admin.compare import get_comparison_class_for_block
from wagtail.admin.panels import get_edit_handler
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from site_core.publishing.editing.merge import ABSENT, ORDER, Conflict, Side
from site_core.publishing.editing.rebase import shape_of

NOTHING = "(empty)"
NOT_THERE = "(not there)"


@dataclass(frozen=True)
class Choice:
    """One conflict as the page asks about it: each version as HTML, and what was chosen so far."""

    name: str
    label: str
    base: SafeString
    fix: SafeString
    scheduled: SafeString
    chosen: str

    @property
    def input_name(self) -> str:
        return f"choice-{self.name}"


def choices_for(model: Any, conflicts: list[Conflict], chosen: Mapping[str, Side]) -> list[Choice]:
    return [
        Choice(
            name=conflict.name,
            label=label_of(model, conflict),
            **{side: _shown(model, conflict, getattr(conflict, side)) for side in ("base", "fix", "scheduled")},
            chosen=chosen.get(conflict.name, ""),
        )
        for conflict in conflicts
    ]


def label_of(model: Any, conflict: Conflict) -> str:
    """Such as “Body: Paragraph” or “Places”."""
    label = label_of_field(model, conflict.field)
    if conflict.key == ORDER:
        return f"{label}: order"
    if conflict.key and conflict.field in shape_of(model).streams:
        block = next(one for one in (conflict.fix, conflict.scheduled, conflict.base) if one is not ABSENT)
        return f"{label}: {_block_of(model, conflict.field, block).label}"
    return label


def label_of_field(model: Any, name: str) -> str:
    """The field's name as its form gives it. Tags stand in a relation that is named after their box."""
    relation = _relation(model, name)
    boxes = (field for field in model._meta.get_fields() if field.many_to_many and hasattr(field, "through"))
    box = next((box.name for box in boxes if relation and box.through is relation.related_model), name)
    form = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
    return _heading(form, box) or str(capfirst(name.replace("_", " ")))


def _heading(panel: Any, name: str) -> str:
    """What stands above a field in the form, "" where the panel does not hold it."""
    if name in (getattr(panel, "field_name", ""), getattr(panel, "relation_name", "")):
        return str(panel.heading)
    return next((found for child in getattr(panel, "children", []) if (found := _heading(child, name))), "")


def _shown(model: Any, conflict: Conflict, value: Any) -> SafeString:
    if value is ABSENT:
        return format_html("<p>{}</p>", NOT_THERE)
    show: Callable[[Any, str, Any], SafeString] = _field
    if conflict.field in shape_of(model).streams:
        show = _block
    elif conflict.field in shape_of(model).relations:
        show = _row
    if conflict.key == ORDER:
        items = format_html_join("", "<li>{}</li>", ((show(model, conflict.field, one),) for one in value))
        return format_html("<ol>{}</ol>", items)
    return show(model, conflict.field, value)


def _block(model: Any, name: str, block: Any) -> SafeString:
    """A block with all its parts, as Wagtail's comparison of versions shows it."""
    definition = _block_of(model, name, block)
    value = definition.to_python(block["value"])
    comparison = get_comparison_class_for_block(definition)(definition, True, True, value, value)
    return format_html("<div>{}</div>", comparison.htmlvalue(value))


def _block_of(model: Any, name: str, block: Any) -> Any:
    return model._meta.get_field(name).stream_block.child_blocks[block["type"]]


def _row(model: Any, name: str, row: Any) -> SafeString:
    """A tag by its name; of anything else, every field."""
    relation: Any = _relation(model, name)
    tag = shape_of(model).relations[name]
    fields = [
        field
        for field in relation.related_model._meta.concrete_fields
        if field.editable and not field.primary_key and field is not relation.field and field.name != "sort_order"
    ]
    if tag:
        return format_html("<p>{}</p>", _words(relation.related_model._meta.get_field(tag[0]), row.get(tag[0])))
    pairs = ((capfirst(field.verbose_name), _words(field, row.get(field.name))) for field in fields)
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


def _field(model: Any, name: str, value: Any) -> SafeString:
    return format_html("<p>{}</p>", _words(model._meta.get_field(name), value))


def _words(field: Any, value: Any) -> str:
    """A serialized value as an editor would say it."""
    if value in (None, "", []):
        return NOTHING
    if field.many_to_many:
        return ", ".join(str(one) for one in field.related_model._base_manager.filter(pk__in=value))
    if field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or "(removed meanwhile)")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, RichTextField):
        return str(get_text_for_indexing(value))
    return str(dict(field.flatchoices).get(value, value))


def _relation(model: Any, name: str) -> Any:
    relations = (one for one in get_all_child_relations(model) if one.get_accessor_name() == name)
    return next(relations, None)
