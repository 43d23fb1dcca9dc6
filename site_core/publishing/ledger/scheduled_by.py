"""Which user a scheduled change is recorded with: the one who scheduled it.

Only Wagtail's log names that user. A revision names its author, who may not be allowed to schedule anything. An
approved review writes the same log entry as scheduling manually.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.types import Draftable

LOGGED_AS = "wagtail.publish.schedule"
# These make a revision public together with its expiry. Later causes leave the expiry as it is.
_GO_LIVES = (Cause.PUBLISHED, Cause.SCHEDULED, Cause.UNDONE)


def who_scheduled(revision: Revision) -> AbstractUser | None:
    """The user who last scheduled the revision, None if that is not known or the account is gone.

    A revision without a log entry replaced a scheduled one when somebody changed its dates: that is its own user.
    """
    entries = list(schedulings_of(revision).order_by("-timestamp", "-pk").values_list("user", flat=True))
    if not entries:
        return _account(revision.user_id)
    return _account(next((user_id for user_id in entries if user_id), None))


def who_set_expiry(obj: Draftable) -> AbstractUser | None:
    """The user who set the expiry that is due now, None if that is not known.

    That is the user who moved the expiry on the schedule, or else the one who first made its revision public.
    """
    moves = registry.get_logs_for_instance(obj).filter(action="wagtail.edit", data__has_key="expire_at")
    for user_id, data in moves.order_by("-timestamp", "-pk").values_list("user", "data"):
        if data["expire_at"] and parse_datetime(data["expire_at"]) == obj.expire_at:
            return _account(user_id)
    went_live = Publication.objects.of(obj).filter(revision_id=obj.live_revision_id, cause__in=_GO_LIVES)
    return _account(went_live.order_by("pk").values_list("user_id", flat=True).first())


def schedulings_of(revision: Revision) -> QuerySet[PageLogEntry | ModelLogEntry]:
    """The log entries that record that the revision was scheduled."""
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return registry.get_log_model_for_model(model).objects.filter(revision=revision, action=LOGGED_AS)


def _account(user_id: int | None) -> AbstractUser | None:
    return get_user_model().objects.filter(pk=user_id).first() if user_id else None
