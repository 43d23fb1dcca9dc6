"""InvalidationListener: a thread beside the web server that invalidates for changes made elsewhere.

Every change has a row in the database. The listener increments the generation of its machine for the rows of other
machines, and for those of a local writer that was killed before it could do so. PostgreSQL notifies it of new rows
(LISTEN); elsewhere, and after a lost connection, it polls twice a second. On each machine one process listens for all.

It also tells the generation when the next object expires, so that this happens even if the database is down by then.
"""

import fcntl
import logging
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from site_core.page_cache import faults
from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange
from site_core.page_cache.invalidation.expiry import next_expiry
from site_core.page_cache.invalidation.machine import this_machine
from site_core.page_cache.invalidation.writes import CHANNEL
from site_core.page_cache.store.database_limits import database_limits
from site_core.page_cache.store.page_store import PageStore
from site_core.settings.database_connection import LimitedConnection

logger = logging.getLogger(__name__)

# Seconds.
POLL_INTERVAL = 0.5
# Polls between two clean-ups: ten minutes.
POLLS_PER_CLEANUP = 1_200
# `known_at` is set just after the commit, so rows can appear in another order. Each poll looks back this far.
OVERLAP = timedelta(seconds=5)
# A writer on another machine that has not set `known_at` by then is dead.
GIVEN_UP_AFTER = timedelta(minutes=1)
KEPT_FOR = timedelta(days=1)
# The most by which the clocks of this machine and of the database do.
CLOCKS_DIFFER = timedelta(seconds=10)


class UnknownChanges:
    """Finds the rows of changes that this machine has not invalidated for."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._since: datetime | None = None
        self._has_polled = False
        self._unannounced: set[tuple[int, bool]] = set()

    def on_notification(self, payload: str) -> None:
        """Takes a notification of PostgreSQL: the machine of a change, the ID of its row, and whether it withdraws."""
        machine, row_id, withdraws = payload.split()
        if machine != this_machine():
            _move([withdraws == "1"])
            self._seen.add(int(row_id))

    def poll(self) -> None:
        """Moves the generation if there is any change that this machine does not know. Raises OSError if it cannot.

        A change counts as known only once the generation has moved.
        """
        began = timezone.now()
        looked_at = generation.looked_at()
        if not self._has_polled and looked_at and began - looked_at < KEPT_FOR:
            # Another process of this machine listened until then.
            self._since, self._has_polled = looked_at - CLOCKS_DIFFER, True
        dead, others = self._killed_writers(), self._other_machines()
        new = [withdraws or not self._has_polled for pk, _, withdraws in others if pk not in self._seen]
        _move([*(withdraws for _, withdraws in dead), *new])
        if dead:
            CommittedChange.objects.filter(pk__in=[pk for pk, _ in dead]).update(known_at=Now())
        self._has_polled = True
        self._seen = {pk for pk, _, _ in others}
        dates = [known_at for _, known_at, _ in others if known_at]
        self._since = max([*dates, *([self._since] if self._since else [])], default=None)
        generation.look_at(began)

    def _killed_writers(self) -> set[tuple[int, bool]]:
        """The local changes that no writer has announced between two polls, and old ones elsewhere: which withdraw."""
        unknown = CommittedChange.objects.filter(known_at=None)
        here = set(unknown.filter(machine=this_machine()).values_list("pk", "withdraws"))
        dead, self._unannounced = here & self._unannounced, here
        elsewhere = unknown.exclude(machine=this_machine()).filter(made_at__lt=Now() - GIVEN_UP_AFTER)
        return dead | set(elsewhere.values_list("pk", "withdraws"))

    def _other_machines(self) -> list[tuple[int, datetime | None, bool]]:
        """The changes of other machines since the last poll: when they were known, and which withdraw.

        At the first poll of a machine, any change withdraws, because it does not know what it has missed.
        """
        others = CommittedChange.objects.exclude(machine=this_machine()).exclude(known_at=None)
        if self._since:
            others = others.filter(known_at__gte=self._since - OVERLAP)
        elif not self._has_polled:
            newest = others.aggregate(at=Max("known_at"))["at"]
            others = others.filter(known_at__gte=newest - OVERLAP) if newest else others.none()
        return list(others.values_list("pk", "known_at", "withdraws"))


def _move(changes: list[bool]) -> None:
    """Moves the generation once for all changes. Withdraws if one of them does."""
    if any(changes):
        generation.withdraw()
    elif changes:
        generation.increment()


class InvalidationListener:
    """The thread. It never ends and raises nothing; it tries again whatever fails."""

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self._pause = Event()
        self._changes = UnknownChanges()
        # The generation in which the next expiry was looked up.
        self._expiry_of = -1
        self._lock_file: int | None = None
        self._connection: psycopg.Connection | None = None
        self._polls = 0
        self._is_disconnected = False

    def start(self) -> None:
        Thread(target=self._run, name="invalidation-listener", daemon=True).start()

    def _run(self) -> None:
        while True:
            has_failed = False
            try:
                with database_limits("visit"):
                    self._look()
                self._is_disconnected = False
            except (Error, psycopg.Error) as error:
                self._disconnect(error)
            except OSError as error:
                # The next poll finds the same changes again.
                faults.note("listener", error)
                has_failed = True
            except Exception:
                logger.exception("Listening for invalidations failed. Trying again.")
                has_failed = True
            if has_failed or not self._connection:
                self._pause.wait(POLL_INTERVAL)

    def _look(self) -> None:
        if self._listens_for_machine():
            self._poll()
        elif self.store.circuit_breaker.database_is_down:
            self._try_database()

    def _poll(self) -> None:
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" and not self._connection:
            self._listen()
        self._changes.poll()
        self._look_for_expiry()
        self.store.circuit_breaker.database_is_up()
        generation.tell_proxy_again()
        self._polls += 1
        if self._polls % POLLS_PER_CLEANUP == 1:
            self._clean_up()
        if self._connection:
            for notification in self._connection.notifies(timeout=POLL_INTERVAL, stop_after=1):
                self._changes.on_notification(notification.payload)

    def _look_for_expiry(self) -> None:
        now = generation.number()
        if now != self._expiry_of:
            generation.end_at(next_expiry())
            self._expiry_of = now

    def _listen(self) -> None:
        parameters = {**connections[DEFAULT_DB_ALIAS].get_connection_params(), "autocommit": True, "context": None}
        parameters.pop("cursor_factory")
        self._connection = LimitedConnection.connect(**parameters)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def _try_database(self) -> None:
        """Closes the circuit breaker if the database responds. Raises Error if it does not."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
        self.store.circuit_breaker.database_is_up()
        connections[DEFAULT_DB_ALIAS].close()

    def _disconnect(self, error: Exception) -> None:
        if not self._is_disconnected:
            logger.warning("The database cannot be queried for invalidations (%s). Trying again.", error)
        self._is_disconnected = True
        with suppress(Error):
            connections[DEFAULT_DB_ALIAS].close()
        if self._connection:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    def _clean_up(self) -> None:
        """Deletes old rows except the newest, which tells a machine that starts that there are others."""
        newest = CommittedChange.objects.aggregate(pk=Max("pk"))["pk"] or 0
        CommittedChange.objects.filter(known_at__lt=Now() - KEPT_FOR, pk__lt=newest).delete()
        self.store.disk.tidy()

    def _listens_for_machine(self) -> bool:
        """Whether this process listens for its machine. The system releases the lock when the process dies.

        Where there is no lock to be had, every process listens: that costs queries, and misses nothing.
        """
        if self._lock_file is None:
            try:
                file = os.open(Path(settings.STATE_DIR) / "listener", os.O_RDWR | os.O_CREAT, 0o644)
            except OSError as error:
                faults.note("listener", error)
                return True
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            self._lock_file = file
        return True
