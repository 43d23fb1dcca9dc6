"""The stored pages in memory, within a budget of bytes. The least recently used page is removed first."""

from collections import OrderedDict
from threading import Lock

from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import StoredPage

# The share for redirects and "not found" responses, so that thousands of invented URLs push no page out.
SHARE_OF_NOT_FOUND = 0.1


class MemoryShare:
    """Pages within one budget. Reading takes no lock, because single operations on a dictionary are atomic."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.size = 0
        self._pages: OrderedDict[Key, StoredPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> StoredPage | None:
        try:
            self._pages.move_to_end(key)
            return self._pages[key]
        except KeyError:
            # It is not here, or another thread has just removed it.
            return None

    def put(self, key: Key, page: StoredPage) -> None:
        with self._lock:
            self._remove(key)
            if _size(key, page) > self.budget:
                return
            self._pages[key] = page
            self.size += _size(key, page)
            while self.size > self.budget:
                self._remove(next(iter(self._pages)))

    def remove(self, key: Key) -> None:
        with self._lock:
            self._remove(key)

    def _remove(self, key: Key) -> None:
        if page := self._pages.pop(key, None):
            self.size -= _size(key, page)


def _size(key: Key, page: StoredPage) -> int:
    return page.size + sum(len(part) for part in key)


class MemoryStore:
    """Two shares: a large one for pages, and a small one for all other responses."""

    def __init__(self, budget: int) -> None:
        for_not_found = int(budget * SHARE_OF_NOT_FOUND)
        self.found, self.not_found = MemoryShare(budget - for_not_found), MemoryShare(for_not_found)

    def get(self, key: Key) -> StoredPage | None:
        return self.found.get(key) or self.not_found.get(key)

    def put(self, key: Key, page: StoredPage) -> None:
        share, other = (self.found, self.not_found) if page.is_found else (self.not_found, self.found)
        other.remove(key)
        share.put(key, page)

    @property
    def size(self) -> int:
        return self.found.size + self.not_found.size
