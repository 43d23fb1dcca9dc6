"""publish_due: what the clock says is due becomes public, stops being so, or says that its check is overdue.

Wagtail's own scheduler stops at the first failure and wipes the schedule of what failed. Here every event has a
transaction of its own that begins with a fresh, locked read, so a failure leaves everything as it was, its schedule
included, and is tried again.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from site_core.publishing.events import Change, Event, due_events, overdue_unsaid

logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What one pass did, and what it could not do."""

    done: list[Event] = field(default_factory=list)
    failed: list[Event] = field(default_factory=list)


def publish_due(now: datetime, leave: Collection[Event] = ()) -> Outcome:
    """Carry out every event due by `now`, in time order, except those to `leave` for a later pass.

    An event that fails is logged and left as it was; the rest go on. What is due is asked anew after each event,
    because one can bring about the next: what goes live late may have to expire at once.
    """
    outcome = Outcome()
    tried = set(leave)
    while event := next((event for event in due_events(now) if event not in tried), None):
        tried.add(event)
        try:
            with transaction.atomic():
                was_due = CARRY_OUT[event.change](event, now)
        except Exception:
            # Whatever is wrong with one object must not keep the others from going live.
            logger.exception("Not carried out, and to be tried again: %s", event)
            outcome.failed.append(event)
        else:
            if was_due:
                logger.info("Carried out: %s", event)
                outcome.done.append(event)
    return outcome


def _go_live(event: Event, now: datetime) -> bool:
    """Publish the revision, unless its approval was taken back or moved meanwhile. Whether it was published."""
    revision = Revision.objects.select_for_update().filter(pk=event.pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return False
    # Its moment has come. With the date left in, Wagtail would compare it with the clock once more, and schedule
    # again what is due by `now` but not yet by the clock of this machine.
    revision.content = {**revision.content, "go_live_at": None}
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _expire(event: Event, now: datetime) -> bool:
    """Take the object down, unless its expiry was moved meanwhile. Whether it was taken down."""
    model: Any = apps.get_model(event.model_label)
    found = model._base_manager.select_for_update().filter(pk=event.pk, live=True, expire_at__lte=now).first()
    if found is None:
        return False
    expired = found.specific if isinstance(found, Page) else found
    # Unpublishing wipes every approval; an update that is to go live after the expiry must keep its own.
    approvals = expired.revisions.select_for_update().exclude(approved_go_live_at=None)
    approvals = list(approvals.values_list("pk", "approved_go_live_at"))
    expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, moment in approvals:
        Revision.objects.filter(pk=pk).update(approved_go_live_at=moment)
    return True


def _say_overdue(event: Event, now: datetime) -> bool:
    """Let the object say in public that its check is overdue, unless it was checked meanwhile. Whether it does."""
    model: Any = apps.get_model(event.model_label)
    found = overdue_unsaid(model, now).select_for_update().filter(pk=event.pk).first()
    if found is None:
        return False
    found.settle_check(today=timezone.localdate(now))
    found.save(update_fields=["check_is_overdue"])
    return True


CARRY_OUT: dict[Change, Callable[[Event, datetime], bool]] = {
    Change.GO_LIVE: _go_live,
    Change.EXPIRY: _expire,
    Change.OVERDUE: _say_overdue,
}
