"""Threads that stay free for stored pages, whatever the others wait for."""

import threading
from typing import Any

from site_core.ops import supervisor
from site_core.page_cache.store.request_slots import FREE_THREADS, RequestSlots
from site_core.settings.environment import POOL


def test_two_threads_stay_free_and_whoever_finds_no_place_is_refused() -> None:
    slots, taken, done = (
        RequestSlots(threads=FREE_THREADS + 2, at_once=1, renderings=1),
        threading.Semaphore(0),
        threading.Event(),
    )

    def work() -> None:
        with slots.take({"PATH_INFO": "/admin/"}):
            taken.release()
            done.wait()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert taken.acquire(timeout=30)
    for path, is_taken in (("/admin/", False), ("/health/live", True), ("/static/site.css", True)):
        while not is_taken and slots._places._value:
            """The second waits for its turn."""
        with slots.take({"PATH_INFO": path}) as took:
            assert took == is_taken
    done.set()
    for thread in threads:
        thread.join()
    with slots.take({"PATH_INFO": "/admin/"}) as took:
        assert took


def test_all_that_use_django_at_once_leave_a_connection_for_the_listener(settings: Any) -> None:
    at_once = settings.REQUESTS_AT_ONCE + settings.RENDERINGS_AT_ONCE
    assert at_once < POOL["max_size"]


def test_the_web_server_has_the_threads_that_the_settings_say(settings: Any) -> None:
    web, _ = supervisor.children(8000, settings.BASE_DIR)
    number = str(settings.WEB_THREADS)
    assert web.command[web.command.index("--blocking-threads") + 1] == number
    for name in ("compose.yaml", "systemd/nnsc-web@.service"):
        text = (settings.BASE_DIR / "deploy" / name).read_text()
        assert text.count("--blocking-threads") == text.count(f"--blocking-threads {number} ") > 0
