"""Keeps two threads of a process free of Django, so that stored pages and `/health/live` are answered in any case.

A request that is not answered from the store takes a slot. If none becomes free soon, because a database or a disk is
slow, the request is refused, and so is every other for a while that finds none: they would only fill the threads.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import WSGIEnvironment

from django.conf import settings

# Seconds.
PATIENCE = 0.8
REFUSED_FOR = 2.0
_unlimited_paths: set[str] = set()


def register_unlimited_paths(*prefixes: str) -> None:
    """Declares that requests for paths with these prefixes take no slot, because they ask nobody."""
    _unlimited_paths.update(prefixes)


class RequestSlots:
    """So many requests at once. Create it once all apps have registered their paths."""

    def __init__(self, number: int) -> None:
        self._free = threading.Semaphore(number)
        self._full_until = 0.0
        self._unlimited = (settings.STATIC_URL, *_unlimited_paths)

    @contextmanager
    def take(self, environ: WSGIEnvironment) -> Iterator[bool]:
        """Holds a slot inside the block. Yields False if none became free."""
        if environ["PATH_INFO"].startswith(self._unlimited):
            yield True
            return
        is_full = time.monotonic() < self._full_until
        if not (self._free.acquire(blocking=False) if is_full else self._free.acquire(timeout=PATIENCE)):
            self._full_until = time.monotonic() + REFUSED_FOR
            yield False
            return
        try:
            yield True
        finally:
            self._free.release()
