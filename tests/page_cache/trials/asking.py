"""Sends requests to a page store as a web server would."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections

from site_core.page_cache.serving import fallback_response
from site_core.page_cache.store.disk_store import DiskStore
from site_core.page_cache.store.memory_store import MemoryStore
from site_core.page_cache.store.page_store import PageStore
from site_core.page_cache.store.render_lock import RenderLocks

BUDGET = 8 * 1024 * 1024


@contextmanager
def in_this_transaction() -> Iterator[None]:
    """Keeps the connection open after requests in the block, and with it the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@dataclass(frozen=True)
class Given:
    """A response. The names of its headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Counting:
    """The site's own Django, counting its renderings. It can be told to fail."""

    def __init__(self, application: WSGIApplication | None = None) -> None:
        self.application = application or WSGIHandler()
        self.renders = 0
        self.error: Exception | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.renders += 1
        if self.error:
            raise self.error
        return self.application(environ, start_response)

    def database_is_away(self) -> None:
        self.error = OperationalError("the server has gone away")

    def page_is_broken(self) -> None:
        self.error = ZeroDivisionError("a mistake in a template")

    def works_again(self) -> None:
        self.error = None


def store_in(folder: Path, application: WSGIApplication, *, build_id: str = "one", budget: int = BUDGET) -> PageStore:
    """The page store of one process. Stores in the same folder are those of one machine."""
    files = DiskStore(folder / "stored", build_id, 16 * budget)
    return PageStore(application, MemoryStore(budget), files, RenderLocks(folder / "locks"), fallback_response())


def ask(store: WSGIApplication, url: str = "/", method: str = "GET", **headers: str) -> Given:
    """Requests a URL. The argument `accept_encoding="gzip"` becomes the header Accept-Encoding."""
    path, _, query = url.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    started: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        started[:] = [status, headers]
        return lambda data: None

    result = store(environ, start_response)
    body = b"".join(result)
    if close := getattr(result, "close", None):
        close()
    status, sent = started
    return Given(int(status[:3]), {name.lower(): value for name, value in sent}, body)
