"""The page store keeps to its budgets in memory and on disk."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.store.memory_store import SHARE_OF_NOT_FOUND
from site_core.page_cache.store.rendering import LARGEST_STORED
from tests.page_cache.trials.asking import ask, store_in

BUDGET = 400_000


def incompressible(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A page of 10 kB at every path except those that begin with /no/."""
    is_there = not environ["PATH_INFO"].startswith("/no/")
    headers = [("Content-Type", "text/html"), ("Cache-Control", REVALIDATED)]
    start_response("200 OK" if is_there else "404 Not Found", headers)
    return [os.urandom(10_000)]


def test_the_least_recently_used_page_leaves_the_memory_first(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    ask(store, "/first/")
    for number in range(100):
        ask(store, f"/{number}/")
        ask(store, "/first/")
        assert store.memory.size <= BUDGET
    assert store.memory.get(("localhost", "/first/", ""))
    assert store.memory.get(("localhost", "/99/", ""))
    assert store.memory.get(("localhost", "/0/", "")) is None


def test_a_page_that_left_the_memory_is_read_from_disk(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    first = ask(store, "/first/").body
    for number in range(100):
        ask(store, f"/{number}/")
    assert store.memory.get(("localhost", "/first/", "")) is None
    assert ask(store, "/first/").body == first


def test_thousands_of_invented_urls_push_no_page_out(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    ask(store, "/page/")
    for number in range(300):
        ask(store, f"/no/{number}/")
    assert store.memory.not_found.size <= BUDGET * SHARE_OF_NOT_FOUND
    assert store.memory.get(("localhost", "/page/", ""))
    assert len(list(store.disk.folder.glob("??/*"))) == 1


def test_the_disk_is_tidied_to_its_budget(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    store.disk.budget = 500_000
    for number in range(60):
        ask(store, f"/{number}/")
        os.utime(max(store.disk.folder.glob("??/*"), key=lambda file: file.stat().st_mtime), (number, number))
    store.disk.tidy()
    left = list(store.disk.folder.glob("??/*"))
    assert 0 < sum(file.stat().st_size for file in left) <= 500_000
    assert store.disk.read(("localhost", "/59/", ""))
    assert store.disk.read(("localhost", "/0/", "")) is None


def test_a_large_response_is_streamed_and_not_stored(tmp_path: Path) -> None:
    pieces = [b"x" * 100_000] * (LARGEST_STORED // 100_000 + 5)
    closed = []

    class Download:
        def __iter__(self) -> Any:
            return iter(pieces)

        def close(self) -> None:
            closed.append(True)

    def downloading(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", REVALIDATED)])
        return Download()

    store = store_in(tmp_path, downloading)
    assert ask(store).body == b"".join(pieces)
    assert closed == [True]
    assert len(store.memory.found) == 0
