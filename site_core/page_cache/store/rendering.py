"""Has Django render a page for an anonymous visitor, and tells why it failed."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from wsgiref.types import WSGIApplication, WSGIEnvironment

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from psycopg.errors import LockNotAvailable, QueryCanceled

from site_core.page_cache.store.database_limits import SlowDatabase, database_limits
from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import Headers

# Larger responses, such as downloads and parts of the sitemap, are streamed and not stored.
LARGEST_STORED = 2 * 1024 * 1024
# All that Django gets to know of the request: its URL, its IP address, and whether a page of the site made it.
_PASSED_ON = ("HTTP_X_FORWARDED_PROTO", "HTTP_SEC_FETCH_SITE", "REMOTE_ADDR", "SCRIPT_NAME")
_PASSED_ON_PREFIXES = ("SERVER_", "wsgi.")


@dataclass
class RenderedResponse:
    """A response of Django. `rest` is the body of a large one, which must be closed with `close`."""

    status: str
    headers: Headers
    body: bytes
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    @property
    def has_failed(self) -> bool:
        return int(self.status[:3]) >= HTTPStatus.INTERNAL_SERVER_ERROR

    def header(self, name: str) -> str:
        """The value of the header with a name in lower case, or ""."""
        return next((value for one, value in self.headers if one.lower() == name), "")


class Renderer:
    """Calls Django as the web server would."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._raised = threading.local()
        got_request_exception.connect(self._record_error, dispatch_uid="page_cache.rendering")

    def render(
        self, key: Key, environ: WSGIEnvironment, *, has_copy: bool = False, waited: float = 0.0
    ) -> tuple[RenderedResponse, BaseException | None]:
        """The response, and the exception behind it if it has failed.

        The visitor has `waited` so many seconds already. With a copy at hand the database has less time.
        """
        self._raised.error = None
        try:
            with database_limits("copy" if has_copy else "visit", waited):
                response = _call(self.application, _environ_for(key, environ))
        except Exception as error:
            # Django responds to nearly every error itself. The others must not reach the web server.
            return RenderedResponse("500 Internal Server Error", [], b""), error
        return response, self._raised.error

    def _record_error(self, **kwargs: object) -> None:
        self._raised.error = sys.exc_info()[1]


def is_database_error(error: BaseException | None) -> bool:
    """Whether the database is down or too slow."""
    return isinstance(error, OperationalError | InterfaceError)


def is_locked(error: BaseException | None) -> bool:
    """Whether somebody keeps a table of the database locked."""
    return isinstance(error, OperationalError) and isinstance(error.__cause__, LockNotAvailable)


def is_slow_query(error: BaseException | None) -> bool:
    """Whether this page took the database too long, which says nothing of the others."""
    return isinstance(error, SlowDatabase) or isinstance(getattr(error, "__cause__", None), QueryCanceled)


def _environ_for(key: Key, environ: WSGIEnvironment) -> WSGIEnvironment:
    """An anonymous, unconditional request for the whole page, uncompressed."""
    passed_on = {
        name: value for name, value in environ.items() if name in _PASSED_ON or name.startswith(_PASSED_ON_PREFIXES)
    }
    host, path, query = key
    return passed_on | {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": host,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.input": BytesIO(),
    }


def _call(application: WSGIApplication, environ: WSGIEnvironment) -> RenderedResponse:
    started: tuple[str, Headers] = ("", [])

    def start_response(status: str, headers: Headers, exc_info: object = None, /) -> Callable[[bytes], None]:
        nonlocal started
        started = (status, headers)
        return lambda data: None

    result = application(environ, start_response)
    close: Callable[[], None] = getattr(result, "close", lambda: None)
    parts, size = [], 0
    pieces = iter(result)
    with contextlib.ExitStack() as on_exit:
        on_exit.callback(close)
        for piece in pieces:
            parts.append(piece)
            size += len(piece)
            if size > LARGEST_STORED:
                on_exit.pop_all()
                return RenderedResponse(*started, b"", chain(parts, pieces), close)
    return RenderedResponse(*started, b"".join(parts))
