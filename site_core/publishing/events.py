"""What is due: every go-live, expiry and overdue check whose time has come, over pages and all snippets."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import IntEnum
from typing import Any

from django.apps import apps
from django.db.models import CharField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.rechecks import ReviewedMixin


class Change(IntEnum):
    """What an event brings about. At the same time, what goes live does so before anything else happens."""

    GO_LIVE = 0
    EXPIRY = 1
    OVERDUE = 2

    def __str__(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, order=True)
class Event:
    """One due change: the revision `pk` goes live, or the object `pk` of a model expires or is overdue for a check.

    Events sort by their time, then by the kind of change.
    """

    at: datetime
    change: Change
    model_label: str
    pk: int

    def __str__(self) -> str:
        return f"{self.change} of {self.model_label} {self.pk} at {self.at.isoformat()}"


def models_with_drafts() -> list[Any]:
    """Page, and every snippet that has drafts."""
    snippets = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    return [Page, *(model for model in snippets if not issubclass(model, Page))]


def reviewed_models() -> list[Any]:
    """Every model whose objects have to be checked again by some day."""
    return [model for model in apps.get_models() if issubclass(model, ReviewedMixin)]


def due_events(now: datetime) -> list[Event]:
    """Every event whose time has come by `now`, in time order. One query, over indexed columns only."""
    go_lives = _rows(Revision.objects.filter(approved_go_live_at__lte=now), Change.GO_LIVE, F("approved_go_live_at"))
    expiries = [
        _rows(model._base_manager.filter(live=True, expire_at__lte=now), Change.EXPIRY, F("expire_at"))
        for model in models_with_drafts()
    ]
    overdue = [
        _rows(overdue_unsaid(model, now), Change.OVERDUE, Cast("next_due", DateTimeField()))
        for model in reviewed_models()
    ]
    rows = go_lives.union(*expiries, *overdue, all=True)
    return sorted(Event(_at(Change(change), at), Change(change), label, pk) for change, label, pk, at in rows)


def overdue_unsaid(model: Any, now: datetime) -> QuerySet[Any]:
    """What is live and due for a check by the Eastern day of `now`, and does not say so yet."""
    unsaid: QuerySet[Any] = model._base_manager.filter(
        live=True, check_is_overdue=False, next_due__lte=timezone.localdate(now)
    )
    return unsaid


def _at(change: Change, at: datetime) -> datetime:
    """A day comes out of the database as midnight in London; it begins at midnight in New York."""
    if change != Change.OVERDUE:
        return at
    return timezone.make_aware(datetime.combine(at.astimezone(UTC).date(), time.min))


def _rows(queryset: Any, change: Change, at: Any) -> QuerySet[Any, Any]:
    """(change, model label, pk, time) of each object."""
    label = Value(queryset.model._meta.label, output_field=CharField())
    rows: QuerySet[Any, Any] = (
        queryset.order_by()
        .annotate(change=Value(int(change), output_field=IntegerField()), label=label, at=at)
        .values_list("change", "label", "pk", "at")
    )
    return rows
