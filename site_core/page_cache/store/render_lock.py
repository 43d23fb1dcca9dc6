"""Locks that let one process or thread of a machine render a page while the others wait for its result.

Where the result is that the database is away, those of other processes learn it here, and need not try it in turn.
"""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_core.page_cache import faults
from site_core.page_cache.store.request_key import Key

# Pages that share a lock file wait for each other. With this many files that is rare.
FILES = 512
# When the database last did not answer.
FAILED = "failed"
# Seconds between two attempts.
RETRY_INTERVAL = 0.004


class RenderLocks:
    """Locks on files in a folder. The system releases them when a process dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def hold(self, key: Key, timeout: float) -> Iterator[bool]:
        """Holds the lock of a page inside the block. Yields False if it was not free within `timeout` seconds.

        Where it cannot be had at all, several processes may render the page.
        """
        index = zlib.crc32("\n".join(key).encode("utf-8", "surrogateescape")) % FILES
        file, is_free = None, True
        try:
            file = self._open(str(index))
            is_free = _lock_within(file, timeout)
        except OSError as error:
            faults.note("locks", error)
        try:
            yield is_free
        finally:
            if file is not None:
                os.close(file)

    def note_failure(self) -> None:
        """Tells the other processes that the database did not answer just now."""
        try:
            (self.folder / FAILED).write_text(repr(time.monotonic()))
        except OSError as error:
            faults.note("locks", error)

    def has_failed_since(self, at: float) -> bool:
        """Whether the database did not answer some process of this machine after a time of `time.monotonic`."""
        try:
            # The clock begins anew with each boot, so a time that is still to come is one from before.
            return at <= float((self.folder / FAILED).read_text()) <= time.monotonic()
        except (OSError, ValueError):
            return False

    def _open(self, name: str) -> int:
        try:
            return os.open(self.folder / name, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            return os.open(self.folder / name, os.O_RDWR | os.O_CREAT, 0o644)


def _lock_within(file: int, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(RETRY_INTERVAL)
        else:
            return True
