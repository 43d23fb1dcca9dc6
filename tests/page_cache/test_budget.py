"""The page store keeps to its bytes, in memory and on disk."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.store.memory_store import SHARE_OF_NOT_FOUND
from site_core.page_cache.store.rendering import MOST_BYTES
from tests.page_cache.trials.asking import ask, store_in

BUDGET = 400_000


def incompressible(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A page of 10 kB at every address but those that begin with /no/."""
    is_there = not environ["PATH_INFO"].startswith("/no/")
    headers = [("Content-Type", "text/html"), ("Cache-Control", REVALIDATED)]
    start_response("200 OK" if is_there else "404 Not Found", headers)
    return [os.urandom(10_000)]


def test_what_was_asked_for_longest_ago_leaves_the_memory_first(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    ask(store, "/first/")
    for number in range(100):
        ask(store, f"/{number}/")
        ask(store, "/first/")
        assert store.shelves.size <= BUDGET
    assert store.shelves.get(("localhost", "/first/", ""))
    assert store.shelves.get(("localhost", "/99/", ""))
    assert store.shelves.get(("localhost", "/0/", "")) is None


def test_what_left_the_memory_is_read_from_disk(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    first = ask(store, "/first/").body
    for number in range(100):
        ask(store, f"/{number}/")
    assert store.shelves.get(("localhost", "/first/", "")) is None
    assert ask(store, "/first/").body == first


def test_addresses_made_up_by_the_thousand_push_no_page_out(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    ask(store, "/page/")
    for number in range(300):
        ask(store, f"/no/{number}/")
    assert store.shelves.not_found.size <= BUDGET * SHARE_OF_NOT_FOUND
    assert store.shelves.get(("localhost", "/page/", ""))
    assert len(list(store.files.folder.glob("??/*"))) == 1


def test_the_disk_is_tidied_down_to_its_budget(tmp_path: Path) -> None:
    store = store_in(tmp_path, incompressible, budget=BUDGET)
    store.files.budget = 500_000
    for number in range(60):
        ask(store, f"/{number}/")
        os.utime(max(store.files.folder.glob("??/*"), key=lambda file: file.stat().st_mtime), (number, number))
    store.files.tidy()
    left = list(store.files.folder.glob("??/*"))
    assert 0 < sum(file.stat().st_size for file in left) <= 500_000
    assert store.files.read(("localhost", "/59/", ""))
    assert store.files.read(("localhost", "/0/", "")) is None


def test_a_large_answer_is_handed_on_in_pieces_and_not_held(tmp_path: Path) -> None:
    pieces = [b"x" * 100_000] * (MOST_BYTES // 100_000 + 5)
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
    assert len(store.shelves.found) == 0
