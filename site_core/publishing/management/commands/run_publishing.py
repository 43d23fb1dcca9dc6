"""`manage.py run_publishing`: the long-running process that makes scheduled objects public on the second."""

import logging
import signal
import time
from threading import Event as Signal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connections
from django.urls import reverse
from django.utils import timezone

from site_core.publishing.cdn import CdnWorker
from site_core.publishing.ledger.comparison import COMPARE_EVERY, differences, record_differences
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import Claim
from site_core.publishing.trash.trashing import empty_due
from site_core.publishing.verification.worker import ReceiptWorker

logger = logging.getLogger(__name__)

# Seconds. The bin keeps objects for days, so nobody waits for it.
EMPTYING_EVERY = 3600


class Command(BaseCommand):
    help = "Publish and expire what is due, looking once a second. Stop it with SIGINT or SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = Signal()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        Runner(stopping).run()


class Runner:
    """Looks once a second until it is told to stop. It acts while it holds the lease, and otherwise stands by."""

    def __init__(self, stopping: Signal) -> None:
        self.stopping = stopping
        self.claim = Claim()
        self.receipts = ReceiptWorker(lambda: self.claim.held)
        self.cdn = CdnWorker(lambda: self.claim.held)
        self.database_is_away = False
        self.trash_is_due_at = 0.0
        self.comparison_is_due_at = 0.0

    def run(self) -> None:
        # All addresses are read when one is first asked for: not while the first go-live is due.
        reverse("wagtailadmin_home")
        self.receipts.start()
        self.cdn.start()
        try:
            while not self.stopping.is_set():
                with self.receipts.held_back():
                    self.look()
                # Schedules are whole seconds, so the next look is at the turn of the next second.
                self.stopping.wait(1 - time.time() % 1)
        finally:
            # The next runner need not wait until the lease runs out.
            self.asking_the_database(self.claim.release)
            self.receipts.stop()
            self.cdn.stop()

    def look(self) -> None:
        """Carry out what is due by now."""
        self.asking_the_database(self.act)

    def act(self) -> None:
        if not self.may_act():
            return
        publish_due(timezone.now(), self.may_act)
        if time.monotonic() >= self.trash_is_due_at:
            self.trash_is_due_at = time.monotonic() + EMPTYING_EVERY
            empty_due(timezone.now())
        if time.monotonic() >= self.comparison_is_due_at:
            self.comparison_is_due_at = time.monotonic() + COMPARE_EVERY
            record_differences(differences())

    def may_act(self) -> bool:
        return not self.stopping.is_set() and self.claim.holds()

    def asking_the_database(self, act: Any) -> None:
        """Do something; where the database does not answer say so once, and go on looking until it does."""
        try:
            act()
        except Error:
            if not self.database_is_away:
                logger.exception("The database does not answer. Nothing is lost: looking again every second.")
            self.database_is_away = True
            connections.close_all()
        else:
            if self.database_is_away:
                logger.warning("The database answers again. What fell due meanwhile is carried out now.")
            self.database_is_away = False
