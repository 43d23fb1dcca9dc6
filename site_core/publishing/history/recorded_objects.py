"""What the ledger records, for the admin to show: which object, who may look, and what its content says in words."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page, PreviewableMixin

from site_core.publishing.eastern import EASTERN, zone_of
from site_core.publishing.history.undo import content_then
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.recorded_models import is_recorded_without_drafts
from site_core.publishing.permissions import may_publish_pages, may_see
from site_core.publishing.trashed_page import is_in_trash

logger = logging.getLogger(__name__)

# What Wagtail keeps beside the content of a page.
_TOLD = {"title", "slug", "seo_title", "search_description", "show_in_menus", "expire_at"}
_BOOKKEEPING = {field.name for field in Page._meta.get_fields()} - _TOLD


def exactly(at: datetime) -> str:
    """“Thu 7 Jan 2027, 9:00:00 a.m. ET”."""
    local = at.astimezone(EASTERN)
    return f"{date_format(local, 'D j M Y, g:i:s a')} {zone_of(local)}"


def recorded_model(label: str) -> Any:
    """The model of that name, if the ledger records its objects; None for one that the site no longer has.

    Raises Http404 for any other.
    """
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        if Publication.objects.filter(model_label=label).exists():
            return None
        raise Http404("The ledger knows nothing of that kind.") from None
    if not issubclass(model, DraftStateMixin) and not is_recorded_without_drafts(model):
        raise Http404("The ledger knows nothing of that kind.")
    return model


def kind_of(label: str) -> str:
    """What the admin calls an object of a model."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except LookupError:
        return label


def object_of(label: str, object_id: str) -> Any:
    """The object as it is today, None if it was deleted."""
    model = recorded_model(label)
    try:
        return model._base_manager.filter(pk=object_id).first() if model else None
    except ValueError:
        raise Http404("There is no such object.") from None


def object_for(user: Any, label: str, object_id: str) -> Any:
    """The same, for somebody who may look; of what was deleted, for those who publish. Raises PermissionDenied."""
    obj = object_of(label, object_id)
    is_deleted = obj is None or (isinstance(obj, Page) and is_in_trash(obj))
    if not (may_publish_pages(user) if is_deleted else may_see(user, obj)):
        raise PermissionDenied
    return obj


def as_it_was(row: Publication) -> Any:
    """The object with the row's content, unsaved; None where it cannot be built or has no look of its own."""
    model = recorded_model(row.model_label)
    if model is None or row.content is None or not issubclass(model, PreviewableMixin):
        return None
    obj = object_of(row.model_label, row.object_id)
    try:
        then = content_then(obj, row) if obj else model.from_serializable_data(dict(row.content))
    except Exception:
        # Whatever the model has become since, the words of the content can still be read.
        logger.exception("Cannot be built from the ledger: row %s", row.pk)
        return None
    return then if then and then.is_previewable() else None


def content_in_words(row: Publication) -> list[tuple[str, str]]:
    """(name of the field, what stood in it) of everything that was filled in."""
    names = {(one["model"], one["id"]): one["name"] for one in row.references}
    model = recorded_model(row.model_label)
    if row.content is None:
        return []
    if model is None:
        return [(name, str(value)) for name, value in row.content.items() if value not in (None, "", [])]
    return list(_fields(model, row.content, names))


def _fields(model: Any, content: dict[str, Any], names: dict[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    skipped = _BOOKKEEPING if issubclass(model, Page) else {"live", "latest_revision", "live_revision"}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        value = content.get(field.name)
        belongs_to_owner = type(field).__name__ == "ParentalKey"
        if value in (None, "", []) or field.name in skipped or field.primary_key or belongs_to_owner:
            continue
        if words := _words(field, value, names):
            yield capfirst(str(field.verbose_name)), words
    for relation in get_all_child_relations(model) if issubclass(model, ClusterableModel) else ():
        name = relation.get_accessor_name()
        if name in skipped:
            continue
        for part in content.get(name) or ():
            told = list(_fields(relation.related_model, part, names))
            yield (
                capfirst(str(relation.related_model._meta.verbose_name)),
                "; ".join(f"{label}: {words}" for label, words in told),
            )


def _words(field: Any, value: Any, names: dict[tuple[str, str], str]) -> str:
    if isinstance(field, models.ForeignKey | models.ManyToManyField):
        numbers = value if isinstance(value, list) else [value]
        return ", ".join(_name(field.related_model, str(number), names) for number in numbers)
    if isinstance(field, StreamField):
        return "\n".join(_texts(json.loads(value) if isinstance(value, str) else value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.DateTimeField) and (at := field.to_python(value)):
        return exactly(at)
    return strip_tags(str(value))


def _name(model: Any, number: str, names: dict[tuple[str, str], str]) -> str:
    """The name that a object had then. A tag is recorded as a term, and a page of any type as a page."""
    labels = [one._meta.label for one in model.mro() if hasattr(one, "_meta") and not one._meta.abstract]
    return next((names[label, number] for label in labels if (label, number) in names), f"no. {number}")


def _texts(value: Any) -> Iterator[str]:
    """Every text in the blocks of a page, in order."""
    if isinstance(value, str):
        if text := strip_tags(value).strip():
            yield text
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        inner = value["value"] if {"type", "value"} <= value.keys() else list(value.values())
        yield from _texts(inner)
