"""What the admin shows of the ledger's rows: the object, who may see it, and its content in words."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.formats import date_format
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Page, PreviewableMixin
from wagtail.rich_text import get_text_for_indexing

from site_core.fields.text import without_tags
from site_core.publishing.differences.plain_values import in_plain_words
from site_core.publishing.eastern import EASTERN, zone_of
from site_core.publishing.field_labels import label_of_field
from site_core.publishing.history.undo import content_then
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.recorded_models import is_recorded, model_of
from site_core.publishing.permissions import may_publish_pages, may_see
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.types import User

logger = logging.getLogger(__name__)

# The name of each object that a row refers to, by model label and pk.
Names: TypeAlias = dict[tuple[str, str], str]

# Wagtail's fields of a page that are shown. The others are bookkeeping.
_SHOWN = {"title", "slug", "seo_title", "search_description", "show_in_menus", "expire_at"}
_BOOKKEEPING = {field.name for field in Page._meta.get_fields()} - _SHOWN


def exactly(at: datetime) -> str:
    """“Thu., Jan. 7, 2027, 9:00:00 a.m. ET”."""
    local = at.astimezone(EASTERN)
    return f"{date_format(local, 'D., N j, Y, g:i:s a')} {zone_of(local)}"


def recorded_model(label: str) -> type[models.Model] | None:
    """The model with this label, None if the ledger has rows of it but the site no longer has the model.

    Raises Http404 if the ledger does not record it.
    """
    model = model_of(label)
    if not (is_recorded(model) if model else Publication.objects.filter(model_label=label).exists()):
        raise Http404("The ledger does not record objects of this kind.")
    return model


def kind_of(label: str) -> str:
    """What the admin calls an object of a model."""
    model = model_of(label)
    return capfirst(str(model._meta.verbose_name)) if model else label


def object_of(label: str, object_id: str) -> models.Model | None:
    """The object as it is today, None if it was deleted. Raises Http404."""
    model = recorded_model(label)
    try:
        return model._base_manager.filter(pk=object_id).first() if model else None
    except ValueError:
        raise Http404("There is no such object.") from None


def object_for(user: User, label: str, object_id: str) -> models.Model | None:
    """The same, if the user may see it. Deleted objects are shown to users who publish. Raises PermissionDenied."""
    obj = object_of(label, object_id)
    if obj is None or (isinstance(obj, Page) and is_in_trash(obj)):
        is_allowed = may_publish_pages(user)
    else:
        is_allowed = may_see(user, obj)
    if not is_allowed:
        raise PermissionDenied
    return obj


def as_it_was(row: Publication) -> PreviewableMixin | None:
    """The object with the row's content, unsaved; None if it cannot be built or has no preview."""
    model = recorded_model(row.model_label)
    if model is None or row.content is None or not issubclass(model, PreviewableMixin):
        return None
    try:
        then = _restored(model, row)
    except Exception:
        # The model may have changed in any way since. The user can still read the content in words.
        logger.exception("Row %s of the ledger cannot be restored.", row.pk)
        return None
    return then if then and then.is_previewable() else None


def _restored(model: type[PreviewableMixin], row: Publication) -> PreviewableMixin | None:
    obj: DraftStateMixin | None = object_of(row.model_label, row.object_id)
    return content_then(obj, row) if obj else model.from_serializable_data(dict(row.content or {}))


def content_in_words(row: Publication) -> list[tuple[str, str]]:
    """(label of the field, its value in words) of every field that is not empty."""
    return [(label, words) for _, label, words in fields_in_words(row)]


def fields_in_words(row: Publication) -> list[tuple[str, str, str]]:
    """The same with the name of the field first. A child relation has an entry for each of its rows."""
    if row.content is None:
        return []
    model = recorded_model(row.model_label)
    if model is None:
        return [(name, name, str(value)) for name, value in row.content.items() if value not in (None, "", [])]
    names = {(one["model"], one["id"]): one["name"] for one in row.references}
    return list(_fields(model, row.content, names))


def _fields(model: type[models.Model], content: dict[str, Any], names: Names) -> Iterator[tuple[str, str, str]]:
    skipped = _BOOKKEEPING if issubclass(model, Page) else {"live", "latest_revision", "live_revision"}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        value = content.get(field.name)
        if value in (None, "", []) or field.name in skipped or field.primary_key or isinstance(field, ParentalKey):
            continue
        # What no form has follows from the rest.
        if not field.editable:
            continue
        if words := in_words(field, value, partial(_name, names=names)):
            yield field.name, label_of_field(model, field.name), words
    for relation in get_all_child_relations(model) if issubclass(model, ClusterableModel) else ():
        name = relation.get_accessor_name()
        if name in skipped:
            continue
        for child in content.get(name) or ():
            parts = _fields(relation.related_model, child, names)
            words = "; ".join(f"{label}: {value}" for _, label, value in parts)
            yield name, capfirst(str(relation.related_model._meta.verbose_name)), words


def in_words(field: Any, value: object, name_of: Callable[[Any, str], str]) -> str:
    """A serialized value as text. `name_of` names an object by its model and pk."""
    if isinstance(field, models.ForeignKey | models.ManyToManyField):
        pks = value if isinstance(value, list) else [value]
        return ", ".join(name_of(field.related_model, str(pk)) for pk in pks)
    if isinstance(field, StreamField):
        return "\n".join(_texts(json.loads(value) if isinstance(value, str) else value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, RichTextField):
        return str(get_text_for_indexing(value))
    value = field.to_python(value)
    return exactly(value) if isinstance(value, datetime) else in_plain_words(value)


def _name(model: Any, pk: str, names: Names) -> str:
    """The name that an object had then. References name the base model, so a tag is a term and a news item a page."""
    labels = [one._meta.label for one in model.mro() if hasattr(one, "_meta") and not one._meta.abstract]
    return next((names[label, pk] for label in labels if (label, pk) in names), f"no. {pk}")


def _texts(value: object) -> Iterator[str]:
    """Every text in the blocks of a StreamField, in order."""
    if isinstance(value, str):
        if text := without_tags(value).strip():
            yield text
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        inner = value["value"] if {"type", "value"} <= value.keys() else list(value.values())
        yield from _texts(inner)
