"""The generation: a number for the whole site that every committed change visitors can see increments.

It is in a file that all processes of a machine map into memory. It never decreases. It is read without a system call,
at which Python would switch threads in every request. `committed_change` tells other machines to increment theirs.

A change that takes something back (see `withdrawals`) also moves `oldest_served`. Pages of an earlier generation are
never served again, not even while the database is down.

A machine that crashes loses what the system has not written to disk yet, and stored pages could have a higher number
than the file. So after each boot, and in a new file, the generation starts above every earlier one, and nothing that
was rendered before is served.
"""

import fcntl
import logging
import mmap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

logger = logging.getLogger(__name__)

_FILE = Path(settings.STATE_DIR) / "generation"
# Changes with each boot. Only Linux has it.
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# What the numbers in the file are: the generation, the ID of the boot it belongs to, the oldest generation that may be
# served, and two times in nanoseconds since the epoch or 0: when the generation ends by itself, and when this machine
# last looked for the changes of others.
_NUMBER, _BOOT, _OLDEST, _END, _LOOKED = range(5)
_BYTES = 40
_SECOND = 1_000_000_000
_shared: memoryview | None = None


def number() -> int:
    """The current generation. Read it before rendering a page, so that a change meanwhile makes the page outdated."""
    shared = _shared or _map_file()
    if 0 < shared[_END] <= time.time_ns():
        _end(shared)
    return shared[_NUMBER]


def oldest_served() -> int:
    """The oldest generation of which a page may be served, whatever is down."""
    shared = _shared or _map_file()
    return shared[_OLDEST]


def increment() -> None:
    """Makes everything that was rendered before outdated."""
    shared = _shared or _map_file()
    with _locked():
        shared[_NUMBER] += 1


def withdraw() -> None:
    """Makes everything that was rendered before outdated, and lets none of it be served again."""
    shared = _shared or _map_file()
    with _locked():
        _withdraw(shared)


def end_at(at: datetime | None) -> None:
    """Withdraws at that time by itself, because something expires then and the database may be down."""
    shared = _shared or _map_file()
    with _locked():
        shared[_END] = int(at.timestamp() * _SECOND) if at else 0


def looked_at() -> datetime | None:
    """When this machine last looked for the changes of others; None if it has not since it booted."""
    shared = _shared or _map_file()
    return datetime.fromtimestamp(shared[_LOOKED] / _SECOND, tz=UTC) if shared[_LOOKED] else None


def look_at(at: datetime) -> None:
    """Notes that this machine knows the changes of others until then."""
    shared = _shared or _map_file()
    shared[_LOOKED] = int(at.timestamp() * _SECOND)


def _end(shared: memoryview) -> None:
    with _locked():
        # Another process may have been faster.
        if 0 < shared[_END] <= time.time_ns():
            shared[_END] = 0
            try:
                _withdraw(shared)
            except OSError:
                logger.exception("A proxy on this machine was not told that something has expired.")


def _withdraw(shared: memoryview) -> None:
    shared[_NUMBER] += 1
    shared[_OLDEST] = shared[_NUMBER]
    _tell_proxy(shared[_OLDEST])


def _tell_proxy(oldest: int) -> None:
    """Points the link `withdrawals/latest` to a folder with another name.

    A proxy on this machine has the real path of the link in the keys of its copies, and so never finds an older one.
    """
    folder = _FILE.parent / "withdrawals"
    latest, following = folder / "latest", folder / "following"
    (folder / str(oldest)).mkdir(parents=True, exist_ok=True)
    # A proxy may be looking at the previous one.
    left = {oldest, int(latest.readlink().name) if latest.is_symlink() else oldest}
    following.unlink(missing_ok=True)
    following.symlink_to(str(oldest))
    following.replace(latest)
    for old in folder.glob("[0-9]*"):
        if int(old.name) not in left:
            old.rmdir()


def _map_file() -> memoryview:
    global _shared
    _FILE.parent.mkdir(parents=True, exist_ok=True)
    with _locked(), _FILE.open("a+b") as file:
        file.truncate(_BYTES)
        memory = mmap.mmap(file.fileno(), _BYTES)
        # The processor reads and writes eight bytes atomically.
        shared = memoryview(memory).cast("Q")
        boot = _boot_id()
        if shared[_BOOT] != boot or not shared[_OLDEST]:
            shared[_NUMBER] = max(shared[_NUMBER], int(time.time()) << 32)
            shared[_LOOKED] = 0
            _withdraw(shared)
            shared[_BOOT] = boot
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
