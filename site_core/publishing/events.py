"""What is due: every go-live and expiry whose time has come, over pages and all snippets with drafts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, QuerySet, Value
from wagtail.models import DraftStateMixin, Page, Revision

GO_LIVE = "go-live"
EXPIRY = "expiry"


@dataclass(frozen=True, order=True)
class Event:
    """One due change: the revision `pk` goes live, or the object `pk` of a model expires.

    Events sort by their moment; at the same moment what goes live does so before anything expires.
    """

    at: datetime
    is_expiry: bool
    model_label: str
    pk: int

    def __str__(self) -> str:
        return f"{EXPIRY if self.is_expiry else GO_LIVE} of {self.model_label} {self.pk} at {self.at.isoformat()}"


def models_with_drafts() -> list[Any]:
    """Page, and every snippet that has drafts."""
    snippets = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    return [Page, *(model for model in snippets if not issubclass(model, Page))]


def due_events(now: datetime) -> list[Event]:
    """Every event whose moment has come by `now`, in time order. One query, over indexed columns only."""
    go_lives = _rows(
        Revision.objects.filter(approved_go_live_at__lte=now), Revision._meta.label, "approved_go_live_at"
    )
    expiries = [
        _rows(model._base_manager.filter(live=True, expire_at__lte=now), model._meta.label, "expire_at")
        for model in models_with_drafts()
    ]
    rows = go_lives.union(*expiries, all=True)
    return sorted(Event(at, label != Revision._meta.label, label, pk) for label, pk, at in rows)


def _rows(queryset: Any, label: str, moment: str) -> QuerySet[Any, Any]:
    """(model label, pk, moment) of each object."""
    rows: QuerySet[Any, Any] = (
        queryset.order_by()
        .annotate(label=Value(label, output_field=CharField()), at=F(moment))
        .values_list("label", "pk", "at")
    )
    return rows
