"""One renderer a page: whoever comes second waits for the first, in whatever process of the machine."""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_core.page_cache.store.request_key import Key

# Pages that share a file wait for each other, too: with so many files that is rare.
FILES = 512
# Seconds between two looks.
LOOK_EVERY = 0.004


class RenderLocks:
    """Locks on files, which the system gives back when a process dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def turn(self, key: Key, patience: float) -> Iterator[bool]:
        """Whether it is our turn, after at most so many seconds. It is over at the end of the block."""
        number = zlib.crc32("\n".join(key).encode("utf-8", "surrogateescape")) % FILES
        file = os.open(self.folder / str(number), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            yield _locked_within(file, patience)
        finally:
            os.close(file)


def _locked_within(file: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(LOOK_EVERY)
        else:
            return True
