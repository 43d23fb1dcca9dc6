"""publish_due: what the clock says is due becomes public, stops being so, or says that its check is overdue.

Wagtail's own scheduler stops at the first failure and wipes the schedule of what failed. Here every event has a
transaction of its own that begins with a fresh, locked read, so a failure leaves everything as it was, its schedule
included, and is tried again.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from site_core.publishing.events import Event, due_events
from site_core.publishing.runner.execution import Result, execute
from site_core.publishing.runner.failure_mail import tell_publishers
from site_core.publishing.runner.failure_reasons import is_understood, reason_of
from site_core.publishing.runner.failures import FailedEvent, failures_of, forget_failure, note_failure, object_of
from site_core.publishing.runner.lease import Claim, LeaseHeld

logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What one pass did, what it ended because it had no point any more, and what it could not do."""

    done: list[Event] = field(default_factory=list)
    canceled: list[Event] = field(default_factory=list)
    failed: list[FailedEvent] = field(default_factory=list)


def publish_due(now: datetime, may_go_on: Callable[[], bool] | None = None) -> Outcome:
    """Carry out every event due by `now`, in time order, except those that failed and rest.

    `may_go_on` is asked before each event; without it the lease is taken for this one pass. Raises LeaseHeld where
    another runner holds it. One event that fails stops no other; a database that does not answer stops them all.
    """
    if may_go_on:
        return _pass(now, may_go_on)
    claim = Claim()
    if not claim.holds():
        raise LeaseHeld
    try:
        return _pass(now, claim.holds)
    finally:
        claim.release()


def _pass(now: datetime, may_go_on: Callable[[], bool]) -> Outcome:
    """What is due is asked anew once all of it has been tried, because one event can bring about the next."""
    outcome = Outcome()
    due = due_events(now)
    failures = failures_of(due)
    tried = {event for event, failed in failures.items() if failed.rests(now)}
    waiting = deque(event for event in due if event not in tried)
    while waiting and may_go_on():
        event = waiting.popleft()
        tried.add(event)
        if attempt(event, now, outcome) and event in failures:
            forget_failure(event)
        if not waiting:
            waiting.extend(event for event in due_events(now) if event not in tried)
    tell_publishers([failed for failed in outcome.failed if failed.attempts == 1])
    return outcome


def attempt(event: Event, now: datetime, outcome: Outcome) -> bool:
    """Carry out one event and enter what came of it. Whether it is over, one way or the other.

    Raises only where the database does not answer.
    """
    try:
        result = execute(event, now)
    except Exception as error:
        # Whatever is wrong with one object must not keep the others from going live.
        reason = reason_of(error, object_of(event))
        logger.error("To be tried again: %s. %s", event, reason, exc_info=not is_understood(error))
        outcome.failed.append(note_failure(event, reason, now))
        return False
    if result == Result.LEFT:
        return False
    logger.info("%s: %s", "Carried out" if result == Result.DONE else "Canceled", event)
    (outcome.done if result == Result.DONE else outcome.canceled).append(event)
    return True
