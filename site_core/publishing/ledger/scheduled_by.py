"""Who is behind what happens by itself: whoever scheduled it, not whoever wrote it or happens to run the process.

Wagtail's log is the one place that says so. A revision names whoever wrote it, which may be an author who may not
schedule anything, and a review that was approved ends in the same entry of the log as scheduling by hand.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import registry
from wagtail.models import Revision

from site_core.publishing.ledger.publications import Cause, Publication

LOGGED_AS = "wagtail.publish.schedule"
# What makes a version public together with the expiry that it holds. Whatever follows leaves that as it is.
_GO_LIVES = (Cause.PUBLISHED, Cause.SCHEDULED, Cause.UNDONE)


def who_scheduled(revision: Revision) -> Any:
    """The person who last scheduled the revision, "" if that is not known or the account is gone.

    Where the log knows nothing, somebody put it in the place of a scheduled one to change its dates: its own user.
    """
    entries = list(schedulings_of(revision).order_by("-timestamp", "-pk").values_list("user", flat=True))
    if not entries:
        return _account(revision.user_id)
    return _account(next((number for number in entries if number), None))


def who_set_expiry(obj: Any) -> Any:
    """The person who had it taken down at the time that has come, "" if that is not known.

    That is whoever moved the expiry on the schedule, or else whoever first made public the version that holds it.
    """
    moves = registry.get_logs_for_instance(obj).filter(action="wagtail.edit", data__has_key="expire_at")
    for user, data in moves.order_by("-timestamp", "-pk").values_list("user", "data"):
        if data["expire_at"] and parse_datetime(data["expire_at"]) == obj.expire_at:
            return _account(user)
    went_live = Publication.objects.of(obj).filter(revision_id=obj.live_revision_id, cause__in=_GO_LIVES)
    return _account(went_live.order_by("pk").values_list("user_id", flat=True).first())


def schedulings_of(revision: Revision) -> Any:
    """The entries of the log that tell of its being scheduled."""
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return registry.get_log_model_for_model(model).objects.filter(revision=revision, action=LOGGED_AS)


def _account(number: int | None) -> Any:
    return get_user_model().objects.filter(pk=number).first() or "" if number else ""
