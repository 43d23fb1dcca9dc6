"""Other processes of the site, which work on the database of the test."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from tests.postgresql import VARIABLE


def started(commands: str, machine: Path | None = None) -> subprocess.Popen[str]:
    """A process that runs these lines of Python, on this machine unless another one's folder is given."""
    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        address = urlunsplit(urlsplit(os.environ[VARIABLE])._replace(path=f"/{name}"))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "site_core.settings.local",
        "DATABASE_URL": address,
        "STATE_DIR": str(machine or settings.STATE_DIR),
    }
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", commands]
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def run(commands: str, machine: Path | None = None) -> int:
    """Wait for the end of such a process, and return its exit code."""
    process = started(commands, machine)
    process.communicate()
    return process.returncode
