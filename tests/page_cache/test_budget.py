"""The page store keeps to its budgets in memory and on disk."""

import os
import tracemalloc
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


def on_disk(folder: Path) -> int:
    """What `du` says of a folder, in bytes."""
    return sum(path.stat().st_blocks * 512 for path in [folder, *folder.rglob("*")])


def test_the_disk_is_kept_to_its_budget_oldest_pages_first(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    store.disk.budget = 1_500_000
    for number in range(200):
        ask(store, f"/{number}/")
        for file in store.disk.folder.glob("??/*"):
            if file.stat().st_mtime > 1000:
                os.utime(file, (number, number))
        assert on_disk(store.disk.folder) <= 1_500_000
    assert on_disk(store.disk.folder) > 500_000
    assert store.disk.read(("localhost", "/199/", ""))
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


def invented(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """What the site says to URLs that somebody makes up: a redirect, a missing page, or a list."""
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", REVALIDATED)]
    headers += [(f"X-Example-{number}", "An example of what each page has") for number in range(12)]
    if not path.endswith("/"):
        start_response("301 Moved Permanently", [*headers, ("Location", f"{path}/")])
        return []
    start_response("200 OK" if query else "404 Not Found", headers)
    return [f"<p>{path} {query}</p>".encode(), b"<p>Some words.</p>" * 100]


def test_invented_urls_stay_within_the_budgets_of_memory_and_disk(tmp_path: Path) -> None:
    """`python -m benchmarks.memory` asks the whole site for ten thousand."""
    budget = 5 * BUDGET
    store = store_in(tmp_path, invented, budget=budget)
    store.disk.budget = 2 * budget
    long = "made-up-" * 20
    ask(store, "/warm/")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(500):
        for url in (f"/{long}{number}", f"/{long}{number}/", f"/news/?type={long}{number}", f"/about/?q={number}"):
            ask(store, url, host=f"localhost:{number}")
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before <= budget
    assert budget / 2 < store.memory.size <= budget
    assert on_disk(store.disk.folder) <= 2 * budget
