"""The generation: one number for the whole site that any committed change a visitor could see moves on.

On one machine it stands in a file of eight bytes that every process has in its memory: only ever growing, without a
clock, and read without a call to the system, at which one thread would give way to another in every request.
`site_core.delivery.changes` carries it to other machines.
"""

import fcntl
import mmap
import os
from pathlib import Path

from django.conf import settings

_FILE = Path(settings.STATE_DIR) / "generation"
_BYTES = 8
_shared: memoryview | None = None


def number() -> int:
    """The generation of this moment. It is read before a page is rendered, so that a change meanwhile shows."""
    shared = _shared or _share()
    return shared[0]


def move_on() -> None:
    """Whatever was made before is out of date from now on."""
    shared = _shared or _share()
    with _FILE.open("rb") as file:
        # Everybody has a lock of their own, so that threads wait for each other as processes do.
        fcntl.flock(file, fcntl.LOCK_EX)
        shared[0] += 1


def _share() -> memoryview:
    global _shared
    _FILE.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.ftruncate(file, _BYTES)
        # Eight bytes at once, as the processor reads and writes them.
        _shared = memoryview(mmap.mmap(file, _BYTES)).cast("Q")
    finally:
        os.close(file)
    return _shared
