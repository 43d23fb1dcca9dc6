"""Tries the files of the page cache, for whoever asks about its health."""

import tempfile
from pathlib import Path

from django.conf import settings

from site_core.page_cache import faults
from site_core.page_cache.invalidation import generation

# As much as a page has, so that a full disk is noticed.
_BYTES = 64 * 1024


def failing_parts() -> dict[str, str]:
    """The parts that do not work, or failed in this process within the last minute, each with the error in words.

    Writes a file where pages and locks are, and locks the generation.
    """
    pages = Path(settings.STATE_DIR) / "pages"
    try:
        generation.tell_proxy_again()
    except OSError as error:
        faults.note("generation", error)
    for part, folder in (("pages", pages / "stored"), ("locks", pages / "locks")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, suffix=".part") as file:
                file.write(bytes(_BYTES))
                file.flush()
        except OSError as error:
            faults.note(part, error)
    return faults.recent()
