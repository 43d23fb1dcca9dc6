"""Programs of Debian's that tests run: found on the PATH, or installed here and now where we may."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

# apt-get refuses to run beside itself, and several processes of a test run want a program at once.
LOCK = Path(tempfile.gettempdir()) / "nnsc-tests-apt.lock"


class NoProgram(Exception):
    """A program cannot be had. The message says what to do."""


def program(name: str, *packages: str) -> str:
    """The path of a program that comes with Debian's `packages`, the first of which names it.

    Raises NoProgram, so that tests that need it fail and never pass for want of it.
    """
    if not (found := on_path(name)):
        install(*packages)
        found = on_path(name)
    if not found:
        raise NoProgram(f"No {name} was found: install {' and '.join(packages)}.")
    return found


def on_path(name: str) -> str | None:
    """Servers stand where only root's PATH leads."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def install(*packages: str) -> None:
    """Debian's packages, where we may install them."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    # In the runlevel of rescue a package does not start the server it brings.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *arguments], env=environment, check=False)
