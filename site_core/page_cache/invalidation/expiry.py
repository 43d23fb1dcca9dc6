"""When the next object expires that visitors see."""

from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Min
from django.utils import timezone
from wagtail.models import DraftStateMixin


def next_expiry() -> datetime | None:
    """The earliest expiry ahead of all live objects, or None."""
    ahead = {"live": True, "expire_at__gt": timezone.now()}
    dates = [model._base_manager.filter(**ahead).aggregate(at=Min("expire_at"))["at"] for model in _expiring_models()]
    return min((at for at in dates if at), default=None)


@cache
def _expiring_models() -> frozenset[Any]:
    """The models whose tables hold the dates, such as Page for all its types."""
    models: Any = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return frozenset(model._meta.get_field("expire_at").model for model in models)
