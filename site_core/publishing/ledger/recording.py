"""Adds rows to the ledger, in the transaction of the change that they record."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.log_actions import get_active_log_context
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.notes import note_to_record
from site_core.publishing.ledger.publications import Cause, Publication, label_of
from site_core.publishing.ledger.receipts import promise_receipt
from site_core.publishing.ledger.recorded_models import recorded_labels
from site_core.publishing.visibility import is_public, path_of


@dataclass(frozen=True)
class Reason:
    """Why a change is made, if not only because a user publishes."""

    cause: Cause
    by: Any = ""
    due_at: datetime | None = None


_reason: ContextVar[Reason | None] = ContextVar("reason", default=None)


@contextmanager
def because(cause: Cause, by: Any = "", due_at: datetime | None = None) -> Iterator[None]:
    """Record every change of what is public inside this block with this cause.

    `by` is a user or a name; by default it is the user of the admin's request. `due_at` is when it was scheduled for.
    """
    token = _reason.set(Reason(cause, by, due_at))
    try:
        yield
    finally:
        _reason.reset(token)


def record(
    obj: Any, cause: Cause, *, revision_id: int | None = None, gone: bool = False, public: bool | None = None
) -> Publication:
    """Add the row that holds what is public of an object from now on. Nothing is of one that is `gone`.

    Pass `public` if `is_public` has just been called.
    """
    reason = _reason.get() or Reason(cause)
    by = reason.by or get_active_log_context().user or ""
    if public is None:
        public = not gone and is_public(obj)
    content = content_of(obj) if public else None
    # No savepoint: the row is rolled back together with the change that it records.
    with transaction.atomic(savepoint=False):
        row = Publication.objects.create(
            at=timezone.now(),
            model_label=label_of(obj),
            object_id=str(obj.pk),
            title=str(obj),
            path=path_of(obj),
            is_public=public,
            content=content,
            references=references_of(obj, content) if content else [],
            revision_id=revision_id,
            cause=reason.cause,
            by=str(by),
            user_id=getattr(by, "pk", None),
            note=note_to_record(obj, reason.cause) if public else "",
        )
        promise_receipt(row, reason.due_at, has_drafts=isinstance(obj, DraftStateMixin))
    return row


def content_of(obj: Any) -> dict[str, Any]:
    """Every field, serialized as in a revision."""
    if hasattr(obj, "serializable_data"):
        data: dict[str, Any] = obj.serializable_data()
    else:
        data = get_serializable_data_for_fields(obj)
    return data


def references_of(obj: Any, content: dict[str, Any]) -> list[dict[str, str]]:
    """The objects that the content refers to, with today's names, because they may be deleted later.

    Wagtail's reference index holds the same, but for models without drafts a task updates it later.
    """
    if isinstance(obj, ClusterableModel):
        # Its child objects are in the content, so they need not be read from the database again.
        obj = type(obj).from_serializable_data(content, check_fks=False)
    found: set[tuple[int, str]] = {
        (type_id, pk) for type_id, pk, *_ in ReferenceIndex._extract_references_from_object(obj)
    }
    named = []
    for type_id in sorted({type_id for type_id, _ in found}):
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        targets = model._base_manager.in_bulk({pk for one, pk in found if one == type_id})
        named += [
            {"model": model._meta.label, "id": str(pk), "name": str(target)}
            for pk, target in sorted(targets.items(), key=lambda item: str(item[0]))
        ]
    return named


def last_row(obj: Any) -> Publication | None:
    """The newest row of an object: whether the public could see it, and where."""
    return Publication.objects.of(obj).newest_first().only("is_public", "path").first()


def was_public(obj: Any) -> bool:
    """Whether the public can see it, according to the ledger."""
    row = last_row(obj)
    return row is not None and row.is_public


def record_where_changed(objects: Iterable[Any], cause: Cause) -> None:
    """Add a row for each object that differs from the ledger in whether or where it is public."""
    for obj in objects:
        before = last_row(obj)
        public = is_public(obj)
        if public != (before is not None and before.is_public) or (public and before and before.path != path_of(obj)):
            record(obj, cause, revision_id=getattr(obj, "live_revision_id", None))


def record_if_changed(obj: Any) -> None:
    """Add a row for an object without drafts, unless what is public of it is the same as before."""
    before = Publication.objects.of(obj).newest_first().first()
    shown_before = before.content if before else None
    if shown_before != (as_stored(content_of(obj)) if is_public(obj) else None):
        record(obj, Cause.EDITED)


def as_stored(content: dict[str, Any]) -> Any:
    """The content as the database returns it: dates and decimals as text."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def open_ledger() -> None:
    """Add one row for each object that is public, unless the ledger has rows already."""
    if Publication.objects.exists():
        return
    for model in models_with_drafts():
        objects: Any = model._base_manager.filter(live=True)
        if model is Page:
            objects = Page.objects.live().specific()
        record_where_changed(objects, Cause.FOUND)
    for label in recorded_labels():
        record_where_changed(apps.get_model(label)._default_manager.all(), Cause.FOUND)
