"""GenerationFile: numbers that all processes of a machine map into memory, and the guard over their file.

Numbers in memory are read without a system call, at which Python would switch threads in every request. So once a
second each process looks whether the file is still the one that it has mapped, and may be opened. A writer looks each
time, and lets all others look if it cannot lock the file. Where the file was replaced, deleted or damaged, its numbers
start anew above every earlier one. While it cannot be used, `numbers` raises OSError.
"""

import fcntl
import mmap
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import UUID

from site_core.page_cache import faults
from site_core.page_cache.invalidation.proxy_link import tell_proxy

# What the numbers in the file are: the generation, the ID of the boot it belongs to, the oldest generation that may be
# served, and two times in nanoseconds since the epoch or 0: when the generation ends by itself, and when this machine
# last looked for the changes of others.
NUMBER, BOOT, OLDEST, END, LOOKED = range(5)
BYTES = 40
# No process has written a generation as high as this.
DAMAGED = 3 << 62
# Seconds.
LOOKS_EVERY = 1.0
# A file can be replaced while a writer waits for its lock, but hardly twice.
ATTEMPTS = 3
# Changes with each boot. Only Linux has it.
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

Identity = tuple[int, int]


class Unusable(OSError):
    """The file of the generation cannot be used. Its fault has been noted."""


class GenerationFile:
    """The file at a path, as one process sees it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._boot = boot_id()
        self._numbers: memoryview | None = None
        self._identity: Identity | None = None
        # The highest generation that this process has seen.
        self._highest = 0
        self._looks_at = 0.0
        self._looking = threading.Lock()

    @property
    def withdrawals(self) -> Path:
        return self.path.parent / "withdrawals"

    def numbers(self) -> memoryview:
        """The numbers of this moment. Raises Unusable."""
        if time.monotonic() >= self._looks_at:
            self._look()
        numbers = self._numbers
        if numbers is not None and not self._is_sound(numbers):
            self._looks_at = 0.0
            self._look()
            numbers = self._numbers
        if numbers is None:
            raise Unusable(f"The generation cannot be read: {self.path}")
        return numbers

    @contextmanager
    def changing(self) -> Iterator[memoryview]:
        """The numbers, which nobody else changes in the block. Raises OSError."""
        for _ in range(ATTEMPTS):
            numbers = self.numbers()
            try:
                with _locked(self.path, "r+b") as file:
                    if _identity(file) == self._identity:
                        yield numbers
                        return
            except FileNotFoundError:
                pass
            except OSError as error:
                faults.note("generation", error)
                # Every process that has mapped it looks at the file now.
                numbers[BOOT] = 0
                raise
            self._looks_at = 0.0
        raise Unusable(f"The generation cannot be locked: {self.path}")

    def withdraw(self, numbers: memoryview) -> None:
        """Called within `changing`."""
        numbers[NUMBER] += 1
        numbers[OLDEST] = numbers[NUMBER]
        tell_proxy(self.withdrawals, numbers[OLDEST])

    def _is_sound(self, numbers: memoryview) -> bool:
        """Whether the numbers are of this boot and have not gone back."""
        highest = self._highest
        number: int = numbers[NUMBER]
        if numbers[BOOT] != self._boot or number < highest:
            return False
        self._highest = number
        return True

    def _look(self) -> None:
        """Waits for another thread that is looking, and takes what that has found."""
        with self._looking:
            if time.monotonic() < self._looks_at:
                return
            try:
                if not self._is_mapped():
                    self._map()
            except OSError as error:
                faults.note("generation", error)
                self._numbers = None
            self._looks_at = time.monotonic() + LOOKS_EVERY

    def _is_mapped(self) -> bool:
        """Whether the file is the one that is mapped, whole, and sound. Raises OSError if it cannot be opened."""
        if self._numbers is None:
            return False
        try:
            with self.path.open("r+b") as file:
                is_same = _identity(file) == self._identity and os.fstat(file.fileno()).st_size >= BYTES
        except FileNotFoundError:
            return False
        return is_same and self._is_sound(self._numbers)

    def _map(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # A mapping keeps what it was made of open, and with it a lock on that. So the lock is on a file opened for it.
        with _locked(self.path, "a+b"), self.path.open("r+b") as file:
            if os.fstat(file.fileno()).st_size < BYTES:
                # Raises if the disk is full. To write past what is allocated would kill the process.
                os.posix_fallocate(file.fileno(), 0, BYTES)
            memory = mmap.mmap(file.fileno(), BYTES)
            # The processor reads and writes eight bytes atomically.
            numbers = memoryview(memory).cast("Q")
            was_replaced = self._identity not in (None, _identity(file))
            if not self._is_sound(numbers) or not numbers[OLDEST] or was_replaced:
                if self._highest:
                    faults.note("generation", Unusable("it was replaced or damaged, and starts anew"))
                self._start_anew(numbers)
                memory.flush()
            self._numbers, self._identity = numbers, _identity(file)

    def _start_anew(self, numbers: memoryview) -> None:
        """Above every earlier generation, so that nothing is served that was rendered before."""
        known = numbers[NUMBER] if numbers[NUMBER] < DAMAGED else 0
        numbers[NUMBER] = max(known, self._highest, int(time.time()) << 32)
        numbers[LOOKED] = 0
        self.withdraw(numbers)
        numbers[BOOT] = self._boot
        self._highest = numbers[NUMBER]


@contextmanager
def _locked(path: Path, mode: str) -> Iterator[IO[bytes]]:
    """The file, locked. Each caller opens it anew, so the lock excludes threads as well as processes."""
    with path.open(mode) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _identity(file: IO[bytes]) -> Identity:
    status = os.fstat(file.fileno())
    return status.st_dev, status.st_ino


def boot_id() -> int:
    """A number other than zero that is the same until the next boot."""
    if not _BOOT_ID.exists():
        return 1
    return UUID(_BOOT_ID.read_text().strip()).int >> 64
