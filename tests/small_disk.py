"""A disk with little room, which only root can mount."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(at: Path | None = None, *, inodes: int = 100, size: str = "1m") -> Iterator[Path]:
    """A disk in memory with so many inodes and so much room in all. At a folder, it hides what is there meanwhile."""
    with tempfile.TemporaryDirectory() as other:
        folder = at or Path(other)
        mount = ["mount", "-t", "tmpfs", "-o", f"nr_inodes={inodes},size={size}", "none", str(folder)]
        if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
            pytest.skip("A disk can be mounted by root alone.")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> None:
    """Leaves no byte free."""
    with (disk / "full").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
