"""The generation: a number for the whole site that every committed change visitors can see increments.

It is in a file that all processes of a machine map into memory. It never decreases. It is read without a system call,
at which Python would switch threads in every request. `committed_change` tells other machines to increment theirs.

A machine that crashes loses what the system has not written to disk yet, and stored pages could have a higher number
than the file. So after each boot, and in a new file, the generation starts above every earlier one.
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
# Changes with each boot. Only Linux has it.
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# The generation and the ID of the boot it belongs to.
_BYTES = 16
_shared: memoryview | None = None


def number() -> int:
    """The current generation. Read it before rendering a page, so that a change meanwhile makes the page outdated."""
    shared = _shared or _map_file()
    return shared[0]


def increment() -> None:
    """Makes everything that was rendered before outdated."""
    shared = _shared or _map_file()
    with _locked():
        shared[0] += 1


def _map_file() -> memoryview:
    global _shared
    _FILE.parent.mkdir(parents=True, exist_ok=True)
    with _locked(), _FILE.open("a+b") as file:
        file.truncate(_BYTES)
        memory = mmap.mmap(file.fileno(), _BYTES)
        # The processor reads and writes eight bytes atomically.
        shared = memoryview(memory).cast("Q")
        boot = _boot_id()
        if shared[1] != boot:
            shared[0] = max(shared[0] + 1, int(time.time()) << 32)
            shared[1] = boot
            memory.flush()
    _shared = shared
    return shared


@contextmanager
def _locked() -> Iterator[None]:
    """Holds a lock on the file. Each caller opens it anew, so the lock excludes threads as well as processes."""
    with _FILE.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _boot_id() -> int:
    """A number other than zero that is the same until the next boot."""
    if not _BOOT_ID.exists():
        return 1
    return UUID(_BOOT_ID.read_text().strip()).int >> 64
