"""A folder in memory: a database is copied for each test that commits, and a disk takes its time for each file."""

import os
import shutil
from pathlib import Path

# Linux has it everywhere; containers often give it 64 MB.
FOLDER = Path("/dev/shm")  # noqa: S108 (only folders of our own are made in it)
BYTES_NEEDED = 4 * 2**30


def memory_folder() -> str | None:
    """The path of one with room for a test run, where programs may be started. None leaves it to `tempfile`."""
    if not os.access(FOLDER, os.W_OK | os.X_OK) or os.statvfs(FOLDER).f_flag & os.ST_NOEXEC:
        return None
    return str(FOLDER) if shutil.disk_usage(FOLDER).free >= BYTES_NEEDED else None
