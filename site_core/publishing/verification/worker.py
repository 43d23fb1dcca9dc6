"""Proves receipts beside the publishing: looks at the site as a visitor does, and gives the alarm if it is wrong.

An address is looked at again for three seconds before anybody is alarmed, because a change takes a time to get
through. After that it is looked at ever more rarely, and in the end given up with the problem kept.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import Error, connections, transaction
from django.utils import timezone

from site_core.publishing.ledger.affected_urls import neighbors, shown_at
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.verification.alarm import alarm
from site_core.publishing.verification.fetching import Look, NoAnswer

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.25
# So many at a time, so that what comes next does not wait for a long row of others.
AT_A_TIME = 40
# Whoever is at work on a receipt has this long before another may take it up.
CLAIM = timedelta(seconds=30)
ALARM_AFTER = timedelta(seconds=3)
GIVE_UP_AFTER = timedelta(minutes=5)
SOON, LATER = timedelta(seconds=0.5), timedelta(seconds=5)
NO_ANSWER = "The site did not answer when it was looked at."


class ReceiptWorker:
    """The thread that proves receipts, for as long as the publishing process runs."""

    def __init__(self, may_act: Callable[[], bool] = lambda: True) -> None:
        """Nothing is proven while `may_act` says no: a process that stands by takes no time from the one at work."""
        self._may_act = may_act
        self._stopping = Event()
        self._may_work = Event()
        self._may_work.set()
        self._thread = Thread(target=self._work, name="receipts", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it, within the time that one page may take."""
        self._stopping.set()
        self._may_work.set()
        self._thread.join(timeout=4)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Rendering pages takes time from the same process: meanwhile nothing new is begun."""
        self._may_work.clear()
        try:
            yield
        finally:
            self._may_work.set()

    def _wait_for_turn(self) -> None:
        self._may_work.wait()

    def _work(self) -> None:
        while not self._stopping.wait(LOOK_EVERY):
            try:
                if self._may_act():
                    verify_due(self._wait_for_turn)
            except Error:
                logger.exception("The database cannot be asked what is to be proven. Asking again.")
                connections.close_all()
            except Exception:
                logger.exception("Receipts could not be proven. Trying again.")
        connections.close_all()


def verify_due(wait_for_turn: Callable[[], None] = lambda: None) -> int:
    """Look once at everything that waits to be proven, and say how many that were."""
    now = timezone.now()
    if not Receipt.objects.to_look_at(now).exists():
        return 0
    receipts = _claim(now)
    look = Look(wait_for_turn)
    alarming = []
    answers = True
    for receipt in receipts:
        problem = NO_ANSWER
        if _is_replaced(receipt.publication):
            _close(receipt)
            continue
        if answers:
            try:
                problem = problem_of(receipt.publication, look)
            except NoAnswer:
                # The rest of this look would wait as long, each, for nothing.
                answers = False
        if _enter(receipt, problem):
            alarming.append(receipt)
    if alarming:
        alarm(alarming)
    return len(receipts)


def problem_of(row: Publication, look: Look) -> str:
    """What the public sees that it should not, as a sentence; "" where all is right. Raises NoAnswer."""
    at = shown_at(row)
    if at.itself and (problem := look.problem_with_page(at.itself, is_public=row.is_public)):
        return problem
    if at.before and (problem := look.problem_with_page(at.before, is_public=False)):
        return problem
    problems = (look.problem_with_list(path) for path in at.lists)
    return next((problem for problem in problems if problem), "")


def _claim(now: datetime) -> list[Receipt]:
    """Take up what waits, so that no other process does."""
    with transaction.atomic():
        waiting = Receipt.objects.to_look_at(now).select_related("publication").defer("publication__content")
        receipts = list(waiting.select_for_update(of=("self",), skip_locked=True)[:AT_A_TIME])
        Receipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).update(next_look_at=now + CLAIM)
    return receipts


def _enter(receipt: Receipt, problem: str) -> bool:
    """Enter what one look has shown. Whether somebody has to be alarmed."""
    now = timezone.now()
    receipt.tries += 1
    receipt.first_look_at = receipt.first_look_at or now
    waited = now - receipt.first_look_at
    had_problem = receipt.problem != ""
    if not problem:
        receipt.seen_at, receipt.problem, receipt.next_look_at = now, "", None
        if had_problem:
            logger.info("The public sees it now: %s", receipt.publication)
    elif waited < ALARM_AFTER:
        receipt.next_look_at = now + SOON
    else:
        receipt.problem = problem
        receipt.next_look_at = now + LATER if waited < GIVE_UP_AFTER else None
    receipt.save(update_fields=["tries", "first_look_at", "next_look_at", "seen_at", "problem"])
    return receipt.problem != "" and not had_problem


def _close(receipt: Receipt) -> None:
    """What was replaced before it was seen cannot be seen any more. The newer row has a receipt of its own."""
    receipt.next_look_at, receipt.problem = None, ""
    receipt.save(update_fields=["next_look_at", "problem"])


def _is_replaced(row: Publication) -> bool:
    return bool(neighbors(row).filter(pk__gt=row.pk).exists())
