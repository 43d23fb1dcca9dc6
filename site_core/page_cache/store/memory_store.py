"""The pages in memory, within a budget of bytes: what was asked for longest ago goes first."""

from collections import OrderedDict
from threading import Lock

from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import StoredPage

# Of what is not there at most so much is kept, so that addresses made up by the thousand push no page out.
SHARE_OF_NOT_FOUND = 0.1


class MemoryShare:
    """Pages within one budget. Reading takes no lock: single steps of a dictionary are whole by themselves."""

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
            # It is not there, or another thread has just taken it away.
            return None

    def put(self, key: Key, page: StoredPage) -> None:
        with self._lock:
            self._take(key)
            if page.size > self.budget:
                return
            self._pages[key] = page
            self.size += page.size
            while self.size > self.budget:
                self._take(next(iter(self._pages)))

    def take(self, key: Key) -> None:
        with self._lock:
            self._take(key)

    def _take(self, key: Key) -> None:
        if page := self._pages.pop(key, None):
            self.size -= page.size


class MemoryStore:
    """What is found, and beside it a small shelf for what is not."""

    def __init__(self, budget: int) -> None:
        for_not_found = int(budget * SHARE_OF_NOT_FOUND)
        self.found, self.not_found = MemoryShare(budget - for_not_found), MemoryShare(for_not_found)

    def get(self, key: Key) -> StoredPage | None:
        return self.found.get(key) or self.not_found.get(key)

    def put(self, key: Key, page: StoredPage) -> None:
        shelf, other = (self.found, self.not_found) if page.is_found else (self.not_found, self.found)
        other.take(key)
        shelf.put(key, page)

    @property
    def size(self) -> int:
        return self.found.size + self.not_found.size
