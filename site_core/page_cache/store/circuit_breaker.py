"""After a failed rendering no other is tried for two seconds, so that visitors do not wait in vain."""

import time

from site_core.page_cache.store.request_key import Key

OPEN_SECONDS = 2.0
# The most failed pages to remember, more than can fail in two seconds.
MOST_PAGES = 10_000


class CircuitBreaker:
    """Opens for all pages while the database is down or locked, and for a single page that cannot be rendered."""

    def __init__(self) -> None:
        self._all_until = 0.0
        # It answers, but too late: then only a page that is rendered tells that it is as it was.
        self._is_slow = False
        self._opened_at = 0.0
        # By the hash of the key, because invented URLs are long.
        self._until: dict[int, float] = {}

    def is_open(self, key: Key) -> bool:
        """Whether the page must not be rendered now."""
        if not self._all_until and not self._until:
            return False
        now = time.monotonic()
        if now < self._all_until or now < self._until.get(hash(key), 0.0):
            return True
        if self._is_slow:
            # One visitor tries. The others need not wait for what comes of it.
            self._all_until = now + OPEN_SECONDS
        return False

    def opened_since(self, at: float) -> bool:
        """Whether it opened for all pages since a time of `time.monotonic`."""
        return self._opened_at >= at

    def open(self, key: Key, *, all_pages: bool, is_slow: bool = False) -> None:
        now = time.monotonic()
        until = now + OPEN_SECONDS
        if all_pages:
            self._all_until, self._opened_at, self._is_slow = until, now, is_slow
        else:
            if len(self._until) >= MOST_PAGES:
                self._until.clear()
            self._until[hash(key)] = until

    def close(self, key: Key) -> None:
        """Called after a page was rendered, which shows that the database is up, too."""
        self._all_until = 0.0
        self._is_slow = False
        self._until.pop(hash(key), None)

    @property
    def database_is_down(self) -> bool:
        return self._all_until > 0.0

    def database_is_up(self) -> None:
        """Called after a query that succeeded. That it is slow another query does not tell."""
        if not self._is_slow:
            self._all_until = 0.0
