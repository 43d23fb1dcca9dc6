"""The generation: one number for the whole site that any committed change a visitor could see moves on.

On one machine it is the size of a file to which each commit appends one byte: atomic, only ever growing, without a
clock, and read for the price of one `stat`. `site_core.delivery.changes` carries it to other machines.
"""

import os
from pathlib import Path

from django.conf import settings

_FILE = os.path.join(settings.STATE_DIR, "generation")  # noqa: PTH118 (read once for each request: a string is faster)


def number() -> int:
    """The generation of this moment. It is read before a page is rendered, so that a change meanwhile shows."""
    try:
        return os.stat(_FILE).st_size  # noqa: PTH116
    except FileNotFoundError:
        return 0


def move_on() -> None:
    """Whatever was made before is out of date from now on."""
    Path(_FILE).parent.mkdir(parents=True, exist_ok=True)
    file = os.open(_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(file, b".")
    finally:
        os.close(file)
