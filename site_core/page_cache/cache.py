"""GenerationCache: Django's caches, in which Wagtail keeps the page at which the site begins, and sizes of pictures.

A cache that processes share is cleared before the change that makes it wrong is committed: whoever looks in between
puts the old back, and every address of the site is wrong for an hour. So is what a preview puts there. A cache that
each process has of its own is not cleared where another process makes a change.
"""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

from site_core.page_cache.invalidation import generation
from site_core.page_cache.memoize import cache_is_bypassed

_NOTHING = object()


class GenerationCache(LocMemCache):
    """Each process has its own, and forgets all of it with each generation. Every thread has an object of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked_in: dict[Any, int] = {}

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        if cache_is_bypassed():
            return default
        now = generation.number()
        found = super().get(key, _NOTHING, self._of(now, version))
        if found is not _NOTHING:
            return found
        self._asked_in[key] = now
        return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Keep what was looked up because it was not here: a change since then leaves it behind."""
        asked_in = self._asked_in.pop(key, None)
        if asked_in is not None and not cache_is_bypassed():
            super().set(key, value, timeout, self._of(asked_in, version))

    def _of(self, number: int, version: Any) -> Any:
        return f"{version or self.version}-of-{number}"
