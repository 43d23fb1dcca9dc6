"""Keeps secrets out of the log: keys and tokens that stand in a URL, because nobody can sign in there.

nginx.conf does the same for its own log. Put a new secret into a query named “token”, which needs nothing here.
"""

import logging
import re

_SECRETS = re.compile(
    r"""(?P<before>/password_reset/confirm/[^/\s"]+/|[?&]token=)[^/\s"&]+"""
    r"""|(?P<calendar>/schedule/)[^/\s"]+(?=\.ics)"""
)


def without_secrets(line: str) -> str:
    return _SECRETS.sub(lambda found: f"{found['before'] or found['calendar']}…", line)


class LineFormatter(logging.Formatter):
    """A line for people to read."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
