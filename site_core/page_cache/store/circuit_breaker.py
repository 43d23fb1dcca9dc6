"""After a failed rendering no other is tried for two seconds, so that visitors do not wait in vain."""

import time

from site_core.page_cache.store.request_key import Key

OPEN_SECONDS = 2.0
# The most failed pages to remember, more than can fail in two seconds.
MOST_PAGES = 10_000


class CircuitBreaker:
    """Opens for all pages while the database is down, and for a single page that cannot be rendered."""

    def __init__(self) -> None:
        self._all_until = 0.0
        # By the hash of the key, because invented URLs are long.
        self._until: dict[int, float] = {}

    def is_open(self, key: Key) -> bool:
        """Whether the page must not be rendered now."""
        if not self._all_until and not self._until:
            return False
        now = time.monotonic()
        return now < self._all_until or now < self._until.get(hash(key), 0.0)

    def open(self, key: Key, *, all_pages: bool) -> None:
        until = time.monotonic() + OPEN_SECONDS
        if all_pages:
            self._all_until = until
        else:
            if len(self._until) >= MOST_PAGES:
                self._until.clear()
            self._until[hash(key)] = until

    def close(self, key: Key) -> None:
        """Called after a page was rendered, which shows that the database is up, too."""
        self._all_until = 0.0
        self._until.pop(hash(key), None)

    @property
    def database_is_down(self) -> bool:
        return self._all_until > 0.0

    def database_is_up(self) -> None:
        """Called after a query that succeeded."""
        self._all_until = 0.0
