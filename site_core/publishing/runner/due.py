"""`publish_due` carries out every event that is due: go-lives, expiries and overdue checks.

Wagtail's scheduler stops at the first failure and cancels the schedule of what failed. Here every event has its own
transaction, which starts with a locked read. A failure changes nothing, not even the schedule, and is retried.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from site_core.publishing.events import Event, due_events
from site_core.publishing.runner.execution import Result, execute
from site_core.publishing.runner.failure_mail import mail_publishers
from site_core.publishing.runner.failure_reasons import is_understood, reason_of
from site_core.publishing.runner.failures import FailedEvent, delete_failure, failures_of, note_failure, object_of
from site_core.publishing.runner.lease import Claim, LeaseHeld

logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    """The events that one pass carried out, canceled because they no longer apply, and failed to carry out."""

    done: list[Event] = field(default_factory=list)
    canceled: list[Event] = field(default_factory=list)
    failed: list[FailedEvent] = field(default_factory=list)


def publish_due(now: datetime, may_go_on: Callable[[], bool] | None = None) -> Outcome:
    """Carry out every event due by `now`, in time order, except failed events that wait for their next try.

    Calls `may_go_on` before each event. Without it, takes the lease for this pass, and raises LeaseHeld if another
    runner holds it. A failing event stops no other event. A database that does not answer stops the pass.
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
    """Looks for due events again after trying all of them, because one event can make another due."""
    outcome = Outcome()
    due = due_events(now)
    failures = failures_of(due)
    tried = {event for event, failed in failures.items() if failed.rests(now)}
    waiting = deque(event for event in due if event not in tried)
    while waiting and may_go_on():
        event = waiting.popleft()
        tried.add(event)
        if attempt(event, now, outcome) and event in failures:
            delete_failure(event)
        if not waiting:
            waiting.extend(event for event in due_events(now) if event not in tried)
    mail_publishers([failed for failed in outcome.failed if failed.attempts == 1])
    return outcome


def attempt(event: Event, now: datetime, outcome: Outcome) -> bool:
    """Carry out one event and add it to `outcome`. Return whether it is done or canceled.

    Raises only if the database does not answer.
    """
    try:
        result = execute(event, now)
    except Exception as error:
        # Nothing wrong with one object may keep the others from going live.
        reason = reason_of(error, object_of(event))
        logger.error("Failed, will be retried: %s. %s", event, reason, exc_info=not is_understood(error))
        outcome.failed.append(note_failure(event, reason, now))
        return False
    if result == Result.SKIPPED:
        return False
    logger.info("%s: %s", "Carried out" if result == Result.DONE else "Canceled", event)
    (outcome.done if result == Result.DONE else outcome.canceled).append(event)
    return True
