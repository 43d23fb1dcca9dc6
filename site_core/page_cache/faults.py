"""Faults of the page cache's own files, such as a full disk. Each is counted, and pages are rendered without it.

Of a part, one line a minute is logged. A fault can come with every request.
"""

import logging
import time
from pathlib import Path

from site_core.page_cache.metrics import FAULTS

logger = logging.getLogger(__name__)

# Seconds.
LOGGED_EVERY = 60.0
RECENT = 60.0

_logged_at: dict[str, float] = {}
_last: dict[str, tuple[float, str]] = {}


def note(part: str, error: Exception, file: Path | None = None) -> None:
    """Counts a fault of a part, one of metrics.PARTS. `file` is named where the error does not say it itself."""
    now, words = time.monotonic(), words_of(error)
    if file and str(file) not in words:
        words = f"{words}: {file}"
    FAULTS[part].inc()
    _last[part] = (now, words)
    if now - _logged_at.get(part, -LOGGED_EVERY) >= LOGGED_EVERY:
        _logged_at[part] = now
        logger.error("The page cache cannot use its %s (%s). Pages are rendered without it.", part, words)


def recent() -> dict[str, str]:
    """The parts that failed in this process within the last minute, each with its error in words."""
    since = time.monotonic() - RECENT
    return {part: words for part, (at, words) in list(_last.items()) if at >= since}


def forget() -> None:
    """Called once a trial has shown that everything works again."""
    _last.clear()
    _logged_at.clear()


def words_of(error: Exception) -> str:
    """What an operator needs of an error. The path says whose file it is."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error) or type(error).__name__
