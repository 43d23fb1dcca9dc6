"""`manage.py run_publishing`: the long-running process that publishes scheduled objects on the second."""

import logging
import signal
import time
from collections.abc import Callable
from threading import Event as Signal

from django.core.management.base import BaseCommand
from django.db import Error, connections
from django.urls import reverse

from site_core.publishing.cdn import CdnWorker
from site_core.publishing.runner.clock import Clock, read_clock
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import Claim
from site_core.publishing.runner.worker import registered_workers
from site_core.publishing.verification.worker import ReceiptWorker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish and expire what is due, every second. Stop it with SIGINT or SIGTERM."

    def handle(self, *args: object, **options: object) -> None:
        stopping = Signal()
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, lambda *_: stopping.set())
        Runner(stopping).run()


class Runner:
    """Publishes once a second until it is told to stop. It acts while it holds the lease, and otherwise stands by."""

    def __init__(self, stopping: Signal) -> None:
        self.stopping = stopping
        self.claim = Claim()
        self.receipts = ReceiptWorker(lambda: self.claim.held)
        self.cdn = CdnWorker(lambda: self.claim.held)
        self.workers = [self.receipts, self.cdn, *registered_workers(lambda: self.claim.held)]
        self.database_is_down = False
        # The sentence about the clock that was logged last.
        self.said_of_clock = ""
        # By how much this machine is ahead of the database, in seconds.
        self.ahead = 0.0

    def run(self) -> None:
        # Loads every URL pattern now, not during the first go-live.
        reverse("wagtailadmin_home")
        for worker in self.workers:
            worker.start()
        try:
            while not self.stopping.is_set():
                with self.receipts.held_back():
                    self.look()
                # Schedules are whole seconds, so the next look is at the start of the database's next second.
                self.stopping.wait(1 - (time.time() - self.ahead) % 1)
        finally:
            # The next runner need not wait until the lease expires.
            self.with_database(self.claim.release)
            for worker in self.workers:
                worker.stop()

    def look(self) -> None:
        """Carry out what is due by now."""
        self.with_database(self.act)

    def act(self) -> None:
        clock = read_clock()
        if self.is_right(clock) and self.may_act():
            publish_due(clock.now, self.may_act)

    def is_right(self, clock: Clock) -> bool:
        """Whether this machine's clock is right enough to publish. If not, another may. Logs each change."""
        self.ahead = clock.ahead.total_seconds()
        kind = "" if not clock.is_off else "off" if not clock.is_too_far_off else "too far off"
        if kind != self.said_of_clock:
            consequence = ", so this machine does not publish" if clock.is_too_far_off else ""
            log = logger.error if clock.is_off else logger.warning
            log("%s%s.", clock if kind else "The clock of this machine is right again", consequence)
        self.said_of_clock = kind
        if clock.is_too_far_off and self.claim.held:
            self.claim.release()
        return not clock.is_too_far_off

    def may_act(self) -> bool:
        return not self.stopping.is_set() and self.claim.holds()

    def with_database(self, act: Callable[[], None]) -> None:
        """Call `act`. If the database does not answer, log that once and try again at the next look."""
        try:
            act()
        except Error:
            if not self.database_is_down:
                logger.exception("The database does not answer. Nothing is lost: trying again every second.")
            self.database_is_down = True
            connections.close_all()
        else:
            if self.database_is_down:
                logger.warning("The database answers again. What fell due in the meantime is carried out now.")
            self.database_is_down = False
