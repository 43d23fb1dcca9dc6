"""Verifies receipts beside the publishing: fetches pages as a visitor does, and raises the alarm if one is wrong.

A change takes a little while to get through, so a path is fetched again for three seconds before the alarm. After
that it is fetched less often. In the end verification gives up and the problem stays stored.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

from django.db import transaction
from django.utils import timezone

from site_core.publishing.ledger.affected_urls import affected_paths, rows_of_same_object
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.worker import Worker
from site_core.publishing.verification.alarm import alarm
from site_core.publishing.verification.fetching import Look, NoAnswer

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.25
# Receipts in one round. Newer ones do not wait for a long row of others.
BATCH_SIZE = 40
# How long a process has a receipt to itself before another may take it.
CLAIM = timedelta(seconds=30)
ALARM_AFTER = timedelta(seconds=3)
GIVE_UP_AFTER = timedelta(minutes=5)
SOON, LATER = timedelta(seconds=0.5), timedelta(seconds=5)
NO_ANSWER = "The site did not answer when this was checked."


class ReceiptWorker(Worker):
    """Verifies receipts while the publishing process runs."""

    def __init__(self, may_act: Callable[[], bool] = lambda: True) -> None:
        super().__init__("receipts", lambda: verify_due(self._may_work.wait), LOOK_EVERY, may_act)
        self._may_work = Event()
        self._may_work.set()

    def stop(self) -> None:
        self._may_work.set()
        super().stop()

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Begin no new page inside this block. Rendering would take time from publishing in the same process."""
        self._may_work.clear()
        try:
            yield
        finally:
            self._may_work.set()


def verify_due(wait_for_turn: Callable[[], object] = lambda: None) -> int:
    """Verify every receipt that is due, once. Returns how many there were."""
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
            # It was replaced before it was seen, and the newer row has its own receipt.
            receipt.next_look_at, receipt.problem = None, ""
            receipt.save(update_fields=["next_look_at", "problem"])
            continue
        if answers:
            try:
                problem = problem_of(receipt.publication, look)
            except NoAnswer:
                # Each of the other receipts would wait as long for nothing.
                answers = False
        if _store(receipt, problem):
            alarming.append(receipt)
    if alarming:
        alarm(alarming)
    return len(receipts)


def problem_of(row: Publication, look: Look) -> str:
    """What the public sees that it should not, as a sentence; "" if all is right. Raises NoAnswer."""
    paths = affected_paths(row)
    if paths.itself and (problem := look.problem_with_page(paths.itself, is_public=row.is_public)):
        return problem
    if paths.before and (problem := look.problem_with_page(paths.before, is_public=False)):
        return problem
    problems = (look.problem_with_list(path) for path in paths.lists)
    return next((problem for problem in problems if problem), "")


def _claim(now: datetime) -> list[Receipt]:
    """Take due receipts, so that no other process does."""
    with transaction.atomic():
        waiting = Receipt.objects.to_look_at(now).select_related("publication").defer("publication__content")
        receipts = list(waiting.select_for_update(of=("self",), skip_locked=True)[:BATCH_SIZE])
        Receipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).update(next_look_at=now + CLAIM)
    return receipts


def _store(receipt: Receipt, problem: str) -> bool:
    """Store the result of one try. Whether it calls for an alarm."""
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


def _is_replaced(row: Publication) -> bool:
    return rows_of_same_object(row).filter(pk__gt=row.pk).exists()
