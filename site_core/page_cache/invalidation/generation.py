"""The generation: one number for the whole site that any committed change a visitor could see moves on.

On one machine it stands in a file that every process has in its memory: only ever growing, and read without a call to
the system, at which one thread would give way to another in every request.
`site_core.page_cache.invalidation.committed_change` carries it to other machines.

A machine that stops without warning loses what the system has not yet written to the disk, and pages that are kept
there would be newer than the number. So after each start of the machine, and in a new file, it begins beyond all that
it was.
"""

import fcntl
import mmap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

_FILE = Path(settings.STATE_DIR) / "generation"
# Another one after each start of the machine. Only Linux has it.
_START_OF_MACHINE = Path("/proc/sys/kernel/random/boot_id")
# The number, and the start of the machine since which it holds.
_BYTES = 16
_shared: memoryview | None = None


def number() -> int:
    """The generation of this time. It is read before a page is rendered, so that a change meanwhile shows."""
    shared = _shared or _share()
    return shared[0]


def increment() -> None:
    """Whatever was made before is out of date from now on."""
    shared = _shared or _share()
    with _alone():
        shared[0] += 1


def _share() -> memoryview:
    global _shared
    _FILE.parent.mkdir(parents=True, exist_ok=True)
    with _alone(), _FILE.open("a+b") as file:
        file.truncate(_BYTES)
        memory = mmap.mmap(file.fileno(), _BYTES)
        # Eight bytes at once, as the processor reads and writes them.
        shared = memoryview(memory).cast("Q")
        start = _start_of_machine()
        if shared[1] != start:
            shared[0] = max(shared[0] + 1, int(time.time()) << 32)
            shared[1] = start
            memory.flush()
    _shared = shared
    return shared


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else is in here. Each has opened the file anew, so that threads wait for each other as processes do."""
    with _FILE.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_of_machine() -> int:
    """A number other than zero that stays the same until the machine is started again."""
    if not _START_OF_MACHINE.exists():
        return 1
    return UUID(_START_OF_MACHINE.read_text().strip()).int >> 64
