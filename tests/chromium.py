"""The Chromium that the browser tests drive, wherever this machine has it."""

import os
import shutil
from pathlib import Path
from typing import Any

from tests import debian

# The first is the same engine without a window, and takes four fifths of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What keeps a browser from calling home, and lets it run as root and without a screen.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# As long as a busy machine may take. A test that passes never waits this long.
WAIT_MILLISECONDS = 30_000


class NoChromium(Exception):
    """No Chromium can be had. The message says what to do."""


def chromium(playwright: Any) -> str:
    """The path of a Chromium: named by CHROMIUM, on the PATH, downloaded by Playwright, or installed here and now.

    Raises NoChromium, so that tests that need a browser fail and never pass for want of one.
    """
    if named := os.environ.get("CHROMIUM"):
        if not shutil.which(named):
            raise NoChromium(f"CHROMIUM names “{named}”, which is no program: set it to the path of a Chromium.")
        return named
    own = Path(playwright.chromium.executable_path)
    found = on_path() or (str(own) if own.exists() else None)
    if not found:
        debian.install(NAMES[0])
        found = on_path()
    if not found:
        raise NoChromium(f"No Chromium was found: install the package {NAMES[0]}, or set CHROMIUM to the path of one.")
    return found


def on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
