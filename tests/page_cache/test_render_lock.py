"""Only one process renders a page. The others wait for its result."""

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.invalidation import generation
from site_core.page_cache.store import page_store
from tests.page_cache.trials.asking import ask, store_in


class Slow:
    """An application that renders when it is told to, and numbers its renderings."""

    def __init__(self) -> None:
        self.renders = 0
        self.began = threading.Event()
        self.may_go_on = threading.Event()
        self.error: Exception | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.renders += 1
        number = self.renders
        self.began.set()
        assert self.may_go_on.wait(10)
        if self.error:
            raise self.error
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", REVALIDATED)])
        return [f"{environ['PATH_INFO']} rendering {number}".encode()]


@pytest.fixture
def slow() -> Slow:
    return Slow()


def test_many_requests_for_a_page_render_it_once_in_all_processes(slow: Slow, tmp_path: Path) -> None:
    processes = [store_in(tmp_path, slow), store_in(tmp_path, slow)]
    with ThreadPoolExecutor(16) as crowd:
        visits = [crowd.submit(ask, processes[number % 2]) for number in range(16)]
        slow.began.wait(10)
        slow.may_go_on.set()
        bodies = {visit.result().body for visit in visits}
    assert (bodies, slow.renders) == ({b"/ rendering 1"}, 1)


def test_a_request_after_a_change_does_not_get_a_rendering_begun_before_it(slow: Slow, tmp_path: Path) -> None:
    store = store_in(tmp_path, slow)
    with ThreadPoolExecutor(2) as crowd:
        before = crowd.submit(ask, store)
        slow.began.wait(10)
        generation.increment()
        after = crowd.submit(ask, store)
        time.sleep(0.05)
        slow.may_go_on.set()
        assert before.result().body == b"/ rendering 1"
        assert after.result().body == b"/ rendering 2"


def test_other_pages_do_not_wait(slow: Slow, tmp_path: Path) -> None:
    store = store_in(tmp_path, slow)
    slow.may_go_on.set()
    ask(store, "/other/")
    slow.may_go_on.clear()
    slow.began.clear()
    with ThreadPoolExecutor(1) as crowd:
        waiting = crowd.submit(ask, store)
        slow.began.wait(10)
        assert ask(store, "/other/").body == b"/other/ rendering 1"
        slow.may_go_on.set()
        waiting.result()


def test_after_the_timeout_an_outdated_copy_is_served(slow: Slow, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(page_store, "RENDER_TIMEOUT", 0.05)
    store = store_in(tmp_path, slow)
    slow.may_go_on.set()
    ask(store)
    generation.increment()
    slow.may_go_on.clear()
    slow.began.clear()
    with ThreadPoolExecutor(1) as crowd:
        first = crowd.submit(ask, store)
        slow.began.wait(10)
        given = ask(store)
        assert (given.body, "age" in given.headers) == (b"/ rendering 1", True)
        slow.may_go_on.set()
        assert first.result().body == b"/ rendering 2"


def test_who_waited_for_a_rendering_that_the_database_failed_gets_a_copy_at_once(slow: Slow, tmp_path: Path) -> None:
    first, second = store_in(tmp_path, slow), store_in(tmp_path, slow)
    slow.may_go_on.set()
    ask(first)
    slow.may_go_on.clear()
    slow.began.clear()
    generation.increment()
    slow.error = OperationalError("away")
    with ThreadPoolExecutor(2) as crowd:
        visits = [crowd.submit(ask, first)]
        assert slow.began.wait(10)
        visits.append(crowd.submit(ask, second))
        time.sleep(0.05)
        slow.may_go_on.set()
        assert {visit.result().body for visit in visits} == {b"/ rendering 1"}
    assert slow.renders == 2
    slow.error = None
    assert ask(second).body == b"/ rendering 3"
