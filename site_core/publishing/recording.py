"""Writes the ledger: every change of what the public can see adds a row, in the transaction of the change itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import get_active_log_context
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.signals import page_published, post_page_move, published, unpublished

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger import Cause, Publication, label_of

# What is public as soon as it is saved. site_core names the apps to its left only as strings.
WITHOUT_DRAFTS = (
    *("site_core.PlaceTerm", "site_core.InitiativeTerm", "site_core.StrategyTerm", "site_core.ComponentTerm"),
    *("site_core.OrganizationSettings", "site_core.CareSettings", "site_core.SiteImage", "site_core.SiteDocument"),
    *("news.Publisher", "impact.Study", "wagtailredirects.Redirect"),
)


@dataclass(frozen=True)
class Reason:
    """Why what is being done is done, where that is more than somebody's publishing it."""

    cause: Cause
    by: str


_reason: ContextVar[Reason | None] = ContextVar("reason", default=None)


@contextmanager
def because(cause: Cause, by: str = "") -> Iterator[None]:
    """What becomes public, or ceases to be, inside this block is recorded with this cause and this person's name."""
    token = _reason.set(Reason(cause, by))
    try:
        yield
    finally:
        _reason.reset(token)


def record(thing: Any, cause: Cause, *, is_public: bool = True, revision_number: int | None = None) -> Publication:
    """Add the row that says what is public of an object from now on."""
    reason = _reason.get()
    user = get_active_log_context().user
    return Publication.objects.create(
        moment=timezone.now(),
        model_label=label_of(thing),
        object_id=str(thing.pk),
        title=str(thing),
        address=address_of(thing),
        is_public=is_public,
        content=content_of(thing) if is_public else None,
        references=references_of(thing) if is_public else [],
        revision_number=revision_number,
        cause=reason.cause if reason else cause,
        by=reason.by if reason else str(user or ""),
    )


def address_of(thing: Any) -> str:
    """The path of its public page, "" where it has none."""
    if isinstance(thing, Page):
        parts = thing.get_url_parts()
        return parts[2] if parts and parts[2] else ""
    return str(thing.get_absolute_url()) if hasattr(thing, "get_absolute_url") else ""


def content_of(thing: Any) -> dict[str, Any]:
    """Every field, as a revision serializes them."""
    if hasattr(thing, "serializable_data"):
        data: dict[str, Any] = thing.serializable_data()
    else:
        data = get_serializable_data_for_fields(thing)
    return data


def references_of(thing: Any) -> list[dict[str, str]]:
    """Whatever the content points at, with the name it has today: the thing itself may be gone when somebody asks.

    Wagtail's index of references holds the same, but is brought up to date by a task of its own.
    """
    found: set[tuple[int, str]] = {
        (type_id, pk) for type_id, pk, *_ in ReferenceIndex._extract_references_from_object(thing)
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


def open_ledger() -> None:
    """Add one row for everything that is public, unless the ledger has been opened before."""
    if Publication.objects.exists():
        return
    for model in models_with_drafts():
        things: Any = model._base_manager.filter(live=True)
        if model is Page:
            things = Page.objects.live().filter(depth__gt=1).specific()
        for thing in things:
            record(thing, Cause.FOUND, revision_number=thing.live_revision_id)
    for label in WITHOUT_DRAFTS:
        for thing in apps.get_model(label)._default_manager.all():
            record(thing, Cause.FOUND)


def on_published(instance: Any, revision: Any, **kwargs: Any) -> None:
    """A go-live. Wagtail says so of a mere scheduling, too."""
    if not instance.live:
        return
    before = Publication.objects.of(instance).newest_first().first()
    row = record(instance, Cause.PUBLISHED, revision_number=revision.pk)
    if isinstance(instance, Page) and before and before.address != row.address:
        record_moved_below(instance)


def on_alias_published(instance: Any, revision: Any, alias: bool = False, **kwargs: Any) -> None:
    if alias and instance.live:
        record(instance, Cause.PUBLISHED, revision_number=revision.pk)


def on_unpublished(instance: Any, **kwargs: Any) -> None:
    record(instance, Cause.EXPIRED if instance.expired else Cause.UNPUBLISHED, is_public=False)


def on_moved(instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """A page and all below it have another address."""
    if url_path_before == url_path_after:
        return
    page = instance.specific
    if page.live:
        record(page, Cause.MOVED, revision_number=page.live_revision_id)
    record_moved_below(page)


def record_moved_below(page: Page) -> None:
    """Add a row for every public page below one whose address has changed."""
    for below in page.get_descendants().live().specific():
        record(below, Cause.MOVED, revision_number=below.live_revision_id)


def on_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The row of a page's own type is deleted with that of every type it is a kind of: it counts once."""
    if isinstance(instance, DraftStateMixin) and instance.live and sender is not Page:
        record(instance, Cause.DELETED, is_public=False)


def on_saved_without_drafts(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """What has no drafts is public as it is saved, unless nothing changed."""
    if raw:
        return
    before = Publication.objects.of(instance).newest_first().first()
    if before is None or before.content != _as_stored(content_of(instance)):
        record(instance, Cause.EDITED)


def on_deleted_without_drafts(instance: Any, **kwargs: Any) -> None:
    record(instance, Cause.DELETED, is_public=False)


def _as_stored(content: dict[str, Any]) -> Any:
    """As the database gives it back: days and decimals as text."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def connect() -> None:
    """Listen to everything that changes what the public can see. Called once, when the apps are loaded."""
    published.connect(on_published, dispatch_uid="ledger.published")
    page_published.connect(on_alias_published, dispatch_uid="ledger.alias_published")
    unpublished.connect(on_unpublished, dispatch_uid="ledger.unpublished")
    post_page_move.connect(on_moved, dispatch_uid="ledger.moved")
    post_delete.connect(on_deleted, dispatch_uid="ledger.deleted")
    for label in WITHOUT_DRAFTS:
        model: type[models.Model] = apps.get_model(label)
        post_save.connect(on_saved_without_drafts, sender=model, dispatch_uid=f"ledger.saved.{label}")
        post_delete.connect(on_deleted_without_drafts, sender=model, dispatch_uid=f"ledger.deleted.{label}")
