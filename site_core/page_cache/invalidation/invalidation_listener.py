"""InvalidationListener: the thread beside the web server that learns of changes this process has not made.

Every change has a row in the database. The rows of other machines move the generation of this one on; so do those of a
writer on this machine that was killed before it could do so itself. PostgreSQL says at once that there are new rows
(LISTEN); where it cannot, they are looked for every half second. One process of a machine follows for all of them.
"""

import fcntl
import logging
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

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

# Seconds between two looks.
LOOK_EVERY = 0.5
# Looks between two rounds of cleaning up: ten minutes.
CLEAN_EVERY = 1_200
# A change is entered as known just after it is committed, so rows may come to sight in another order than that.
OVERLAP = timedelta(seconds=5)
# Whoever has not said by then that its machine knows is not going to.
GIVEN_UP_AFTER = timedelta(minutes=1)
KEPT_FOR = timedelta(days=1)


class Changes:
    """What is read of the rows: which of them this machine does not know of."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._since: Any = None
        self._has_looked = False
        self._waiting: set[int] = set()

    def note(self, payload: str) -> None:
        """What PostgreSQL tells of a change as it is committed: on which machine, and the number of its row."""
        machine, number = payload.split()
        if machine != this_machine():
            self._seen.add(int(number))
            generation.increment()

    def look(self) -> None:
        """Move the generation on if there is anything this machine does not know of."""
        if self._killed_writers() | self._other_machines():
            generation.increment()

    def _killed_writers(self) -> bool:
        """Changes made here of which the number does not speak, in two looks."""
        unknown = CommittedChange.objects.filter(known_at=None)
        here = set(unknown.filter(machine=this_machine()).values_list("pk", flat=True))
        forgotten, self._waiting = here & self._waiting, here
        gone = unknown.exclude(machine=this_machine()).filter(made_at__lt=Now() - GIVEN_UP_AFTER)
        forgotten |= set(gone.values_list("pk", flat=True))
        if forgotten:
            CommittedChange.objects.filter(pk__in=forgotten).update(known_at=Now())
        return bool(forgotten)

    def _other_machines(self) -> bool:
        """Whether another machine has changed the site since the last look, or ever, where this is the first."""
        others = CommittedChange.objects.exclude(machine=this_machine()).exclude(known_at=None)
        if self._since:
            others = others.filter(known_at__gte=self._since - OVERLAP)
        rows = dict(others.values_list("pk", "known_at")) if self._has_looked else {}
        if not self._has_looked:
            newest = others.aggregate(at=Max("known_at"))["at"]
            rows = dict(others.filter(known_at__gte=newest - OVERLAP).values_list("pk", "known_at")) if newest else {}
        self._has_looked = True
        new = rows.keys() - self._seen
        self._seen = set(rows)
        self._since = max([*rows.values(), *([self._since] if self._since else [])], default=None)
        return bool(new)


class InvalidationListener:
    """The thread. It never ends and never raises; what it cannot do it tries again."""

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self._pause = Event()
        self._changes = Changes()
        self._office: int | None = None
        self._listening: psycopg.Connection[Any] | None = None
        self._looks = 0
        self._is_cut_off = False

    def start(self) -> None:
        Thread(target=self._follow, name="follower", daemon=True).start()

    def _follow(self) -> None:
        while True:
            try:
                if self._holds_office():
                    self._work()
                elif self.store.circuit.database_is_away:
                    self._ask_the_database()
                self._is_cut_off = False
            except (Error, psycopg.Error) as error:
                self._cut_off(error)
            except Exception:
                logger.exception("Changes could not be followed. Trying again.")
            if not self._listening:
                self._pause.wait(LOOK_EVERY)

    def _work(self) -> None:
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" and not self._listening:
            self._listen()
        self._changes.look()
        self.store.circuit.database_is_back()
        self._looks += 1
        if self._looks % CLEAN_EVERY == 1:
            self._clean()
        if self._listening:
            for notice in self._listening.notifies(timeout=LOOK_EVERY, stop_after=1):
                self._changes.note(notice.payload)

    def _listen(self) -> None:
        parameters = {**connections[DEFAULT_DB_ALIAS].get_connection_params(), "autocommit": True, "context": None}
        parameters.pop("cursor_factory")
        self._listening = psycopg.connect(**parameters)
        self._listening.execute(f"LISTEN {CHANNEL}")

    def _ask_the_database(self) -> None:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
        self.store.circuit.database_is_back()
        connections[DEFAULT_DB_ALIAS].close()

    def _cut_off(self, error: Exception) -> None:
        if not self._is_cut_off:
            logger.warning("The database cannot be asked for changes (%s). Asking again.", error)
        self._is_cut_off = True
        with suppress(Error):
            connections[DEFAULT_DB_ALIAS].close()
        if self._listening:
            with suppress(psycopg.Error):
                self._listening.close()
            self._listening = None

    def _clean(self) -> None:
        """Old rows go, but for the newest: by it other machines know that there are several."""
        newest = CommittedChange.objects.aggregate(pk=Max("pk"))["pk"] or 0
        CommittedChange.objects.filter(known_at__lt=Now() - KEPT_FOR, pk__lt=newest).delete()
        self.store.files.tidy()

    def _holds_office(self) -> bool:
        """Whether this process follows for its machine. When it dies, the system gives the office back."""
        if self._office is None:
            file = os.open(Path(settings.STATE_DIR) / "follower", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            self._office = file
        return True
