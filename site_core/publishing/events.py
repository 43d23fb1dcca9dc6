"""What is due: every go-live, expiry and overdue recheck, of pages and of all snippets."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import IntEnum

from django.apps import apps
from django.db.models import CharField, DateTimeField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.rechecks import RecheckedMixin


class Change(IntEnum):
    """What an event does. Of the events of one time, go-lives come first."""

    GO_LIVE = 0
    EXPIRY = 1
    OVERDUE = 2

    def __str__(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, order=True)
class Event:
    """One due change: revision `pk` goes live, or object `pk` of a model expires or is overdue for a recheck.

    Events sort by time, then by kind of change.
    """

    at: datetime
    change: Change
    model_label: str
    pk: int

    def __str__(self) -> str:
        return f"{self.change} of {self.model_label} {self.pk} at {self.at.isoformat()}"


def models_with_drafts() -> list[type[DraftStateMixin]]:
    """Page, and every snippet that has drafts."""
    snippets = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    return [Page, *(model for model in snippets if not issubclass(model, Page))]


def reviewed_models() -> list[type[DraftStateMixin]]:
    """Every model with drafts whose objects have to be checked again by a certain day."""
    return [model for model in apps.get_models() if issubclass(model, RecheckedMixin)]


def due_events(now: datetime) -> list[Event]:
    """Every event due by `now`, in time order. One query, over indexed columns only."""
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


def overdue_unsaid(model: type[DraftStateMixin], now: datetime) -> QuerySet[DraftStateMixin]:
    """Live objects that are due for a recheck by the Eastern day of `now` and not yet stored as overdue."""
    return model._base_manager.filter(live=True, check_is_overdue=False, next_due__lte=timezone.localdate(now))


def _at(change: Change, at: datetime) -> datetime:
    """The database casts a day to midnight UTC. It begins at midnight Eastern Time."""
    if change != Change.OVERDUE:
        return at
    return timezone.make_aware(datetime.combine(at.astimezone(UTC).date(), time.min))


def _rows(queryset: QuerySet[Model], change: Change, at: F | Cast) -> QuerySet[Model, tuple[int, str, int, datetime]]:
    """(change, model label, pk, time) of each object."""
    label = Value(queryset.model._meta.label, output_field=CharField())
    annotated = queryset.order_by().annotate(
        change=Value(int(change), output_field=IntegerField()), label=label, at=at
    )
    return annotated.values_list("change", "label", "pk", "at")
