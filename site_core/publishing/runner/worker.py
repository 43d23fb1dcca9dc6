"""A thread that works beside the publishing, such as the one that verifies what went public."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import Error, connections

logger = logging.getLogger(__name__)

# What other apps have done in the background: a name, what to call, and every how many seconds.
_registered: list[tuple[str, Callable[[], object], float]] = []

# Seconds that a stopping worker may take to finish what it does.
STOPS_WITHIN = 4


def register_worker(name: str, act: Callable[[], object], every: float) -> None:
    """Has `run_publishing` call `act` again and again beside the publishing, on one machine at a time."""
    _registered.append((name, act, every))


def registered_workers(may_act: Callable[[], bool]) -> "list[Worker]":
    return [Worker(name, act, every, may_act) for name, act, every in _registered]


class Worker:
    """Acts again and again while this process is the active one. A failure does not end it."""

    def __init__(self, name: str, act: Callable[[], object], every: float, may_act: Callable[[], bool]) -> None:
        """Nothing is done while `may_act` returns False: a process on standby leaves it to the active one."""
        self._name = name
        self._act = act
        self._every = every
        self._may_act = may_act
        self._stopping = Event()
        self._thread = Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOPS_WITHIN)

    def _work(self) -> None:
        while not self._stopping.wait(self._every):
            try:
                if self._may_act():
                    self._act()
            except Error:
                logger.exception("The database does not answer the worker “%s”. Trying again.", self._name)
                connections.close_all()
            except Exception:
                logger.exception("The worker “%s” failed. Trying again.", self._name)
        connections.close_all()
