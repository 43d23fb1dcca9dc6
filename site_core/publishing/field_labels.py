"""What a form calls a field, for whatever speaks of the field elsewhere: reviews, histories, refusals."""

from typing import Any

from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import Panel, get_edit_handler
from wagtail.models import Page


def label_of_field(model: Any, name: str) -> str:
    """The field's label in its form. Tags are stored in a relation with a name of its own, not that of their field."""
    relation = next((one for one in get_all_child_relations(model) if one.get_accessor_name() == name), None)
    tag_fields = (field for field in model._meta.get_fields() if field.many_to_many and hasattr(field, "through"))
    form_name = next(
        (field.name for field in tag_fields if relation and field.through is relation.related_model), name
    )
    form = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
    field = next((one for one in model._meta.get_fields() if one.name == name), None)
    return _heading(form, form_name) or str(capfirst(getattr(field, "verbose_name", name.replace("_", " "))))


def _heading(panel: Panel, name: str) -> str:
    """The heading of a field in the form, "" if the panel does not contain it."""
    if name in (getattr(panel, "field_name", ""), getattr(panel, "relation_name", "")):
        return str(panel.heading)
    return next((found for child in getattr(panel, "children", []) if (found := _heading(child, name))), "")
