"""InvalidationListener: a thread beside the web server that invalidates for changes made elsewhere.

Every change has a row in the database. The listener increments the generation of its machine for the rows of other
machines, and for those of a local writer that was killed before it could do so. PostgreSQL notifies it of new rows
(LISTEN); elsewhere, and after a lost connection, it polls twice a second. On each machine one process listens for all.
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

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange, this_machine
from site_core.page_cache.invalidation.writes import CHANNEL
from site_core.page_cache.store.page_store import PageStore

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


class UnknownChanges:
    """Finds the rows of changes that this machine has not invalidated for."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._since: datetime | None = None
        self._has_polled = False
        self._unannounced: set[int] = set()

    def on_notification(self, payload: str) -> None:
        """Takes a notification of PostgreSQL: the machine of a change and the ID of its row."""
        machine, row_id = payload.split()
        if machine != this_machine():
            self._seen.add(int(row_id))
            generation.increment()

    def poll(self) -> None:
        """Increments the generation if there is any change that this machine does not know."""
        if self._killed_writers() | self._other_machines():
            generation.increment()

    def _killed_writers(self) -> bool:
        """Whether there are local changes that no writer has announced between two polls, or old ones elsewhere."""
        unknown = CommittedChange.objects.filter(known_at=None)
        here = set(unknown.filter(machine=this_machine()).values_list("pk", flat=True))
        dead, self._unannounced = here & self._unannounced, here
        elsewhere = unknown.exclude(machine=this_machine()).filter(made_at__lt=Now() - GIVEN_UP_AFTER)
        dead |= set(elsewhere.values_list("pk", flat=True))
        if dead:
            CommittedChange.objects.filter(pk__in=dead).update(known_at=Now())
        return bool(dead)

    def _other_machines(self) -> bool:
        """Whether another machine has made a change since the last poll, or ever, if this is the first poll."""
        others = CommittedChange.objects.exclude(machine=this_machine()).exclude(known_at=None)
        if self._since:
            others = others.filter(known_at__gte=self._since - OVERLAP)
        elif not self._has_polled:
            newest = others.aggregate(at=Max("known_at"))["at"]
            others = others.filter(known_at__gte=newest - OVERLAP) if newest else others.none()
        rows = {pk: known_at for pk, known_at in others.values_list("pk", "known_at") if known_at}
        self._has_polled = True
        new = rows.keys() - self._seen
        self._seen = set(rows)
        self._since = max([*rows.values(), *([self._since] if self._since else [])], default=None)
        return bool(new)


class InvalidationListener:
    """The thread. It never ends and raises nothing; it tries again whatever fails."""

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self._pause = Event()
        self._changes = UnknownChanges()
        self._lock_file: int | None = None
        self._connection: psycopg.Connection | None = None
        self._polls = 0
        self._is_disconnected = False

    def start(self) -> None:
        Thread(target=self._run, name="invalidation-listener", daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                if self._listens_for_machine():
                    self._poll()
                elif self.store.circuit_breaker.database_is_down:
                    self._try_database()
                self._is_disconnected = False
            except (Error, psycopg.Error) as error:
                self._disconnect(error)
            except Exception:
                logger.exception("Listening for invalidations failed. Trying again.")
            if not self._connection:
                self._pause.wait(POLL_INTERVAL)

    def _poll(self) -> None:
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" and not self._connection:
            self._listen()
        self._changes.poll()
        self.store.circuit_breaker.database_is_up()
        self._polls += 1
        if self._polls % POLLS_PER_CLEANUP == 1:
            self._clean_up()
        if self._connection:
            for notification in self._connection.notifies(timeout=POLL_INTERVAL, stop_after=1):
                self._changes.on_notification(notification.payload)

    def _listen(self) -> None:
        parameters = {**connections[DEFAULT_DB_ALIAS].get_connection_params(), "autocommit": True, "context": None}
        parameters.pop("cursor_factory")
        self._connection = psycopg.connect(**parameters)
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
        """Whether this process listens for its machine. The system releases the lock when the process dies."""
        if self._lock_file is None:
            file = os.open(Path(settings.STATE_DIR) / "listener", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            self._lock_file = file
        return True
