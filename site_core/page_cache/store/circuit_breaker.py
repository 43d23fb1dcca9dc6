"""After a failure nothing is rendered for two seconds: visitors are not made to wait for what cannot come."""

import time

from site_core.page_cache.store.request_key import Key

REST_SECONDS = 2.0
# Of so many pages at most it is known that they failed; more than fail in two seconds.
MOST_PAGES = 10_000


class CircuitBreaker:
    """What rests: every page where the database is away, one page where only that cannot be rendered."""

    def __init__(self) -> None:
        self._all_until = 0.0
        self._until: dict[Key, float] = {}

    def rests(self, key: Key) -> bool:
        if not self._all_until and not self._until:
            return False
        now = time.monotonic()
        return now < self._all_until or now < self._until.get(key, 0.0)

    def rest(self, key: Key, *, all_pages: bool) -> None:
        until = time.monotonic() + REST_SECONDS
        if all_pages:
            self._all_until = until
        else:
            if len(self._until) >= MOST_PAGES:
                self._until.clear()
            self._until[key] = until

    def has_recovered(self, key: Key) -> None:
        """A page was rendered, so the database answers."""
        self._all_until = 0.0
        self._until.pop(key, None)

    @property
    def database_is_away(self) -> bool:
        return self._all_until > 0.0

    def database_is_back(self) -> None:
        """Somebody has just asked it."""
        self._all_until = 0.0
