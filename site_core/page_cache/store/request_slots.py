"""Keeps two threads of a worker free of Django, so that stored pages and `/health/live` are answered in any case.

A request that is not answered from the store takes a place. Few of those that have one are answered at once, and the
others wait. One that finds no place is refused: a database that keeps everybody waiting would fill all threads.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import WSGIEnvironment

from django.conf import settings

FREE_THREADS = 2
_unlimited_paths: set[str] = set()


def register_unlimited_paths(*prefixes: str) -> None:
    """Declares that requests for paths with these prefixes take no place, because they ask nobody."""
    _unlimited_paths.update(prefixes)


class RequestSlots:
    """The places of a worker. Create it once all apps have registered their paths."""

    def __init__(self, threads: int, at_once: int, renderings: int) -> None:
        """`threads`: all that the worker has. `at_once`: so many requests go to Django at the same time.

        `renderings`: so many pages for the store are rendered beside these. All together leave a connection of the
        pool for the thread that listens for invalidations.
        """
        self.renderings = threading.Semaphore(renderings)
        self._places = threading.Semaphore(threads - FREE_THREADS)
        self._slots = threading.Semaphore(at_once)
        self._unlimited = (settings.STATIC_URL, *_unlimited_paths)

    @contextmanager
    def take(self, environ: WSGIEnvironment) -> Iterator[bool]:
        """Holds a slot inside the block, as soon as one is free. Yields False if there is no place to wait for it."""
        if environ["PATH_INFO"].startswith(self._unlimited):
            yield True
        elif self._places.acquire(blocking=False):
            try:
                with self._slots:
                    yield True
            finally:
                self._places.release()
        else:
            yield False
