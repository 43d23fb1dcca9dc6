"""Has Django render a page for a visitor nothing is known of, and says whether it failed and why."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError

from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import Headers

Application = Callable[..., Iterable[bytes]]

# Larger answers are handed on as they come and never held: parts of the sitemap, downloads.
MOST_BYTES = 2 * 1024 * 1024
# What Django learns of the visitor: the address asked for, and whether it was one of our pages that asked.
_KEPT = ("HTTP_X_FORWARDED_PROTO", "HTTP_SEC_FETCH_SITE", "REMOTE_ADDR", "SCRIPT_NAME")
_KEPT_PREFIXES = ("SERVER_", "wsgi.")


@dataclass
class Answer:
    """What Django answered. `rest` is what a large body goes on with; it has to be closed with `close`."""

    status: str
    headers: Headers
    body: bytes
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    @property
    def has_failed(self) -> bool:
        return int(self.status[:3]) >= HTTPStatus.INTERNAL_SERVER_ERROR

    def header(self, name: str) -> str:
        return next((value for one, value in self.headers if one.lower() == name), "")


class Renderer:
    """Calls Django as the web server would."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._raised = threading.local()
        got_request_exception.connect(self._note, dispatch_uid="delivery.rendering")

    def render(self, key: Key, environ: Mapping[str, Any]) -> tuple[Answer, BaseException | None]:
        """The answer, and what went wrong where it says that something did."""
        self._raised.error = None
        try:
            answer = _called(self.application, _environ_for(key, environ))
        except Exception as error:
            # Django answers nearly every error by itself; what it does not must not reach the web server.
            return Answer("500 Internal Server Error", [], b""), error
        return answer, self._raised.error

    def _note(self, **kwargs: Any) -> None:
        self._raised.error = sys.exc_info()[1]


def is_of_database(error: BaseException | None) -> bool:
    """Whether the database is away, so that no other page could be rendered either."""
    return isinstance(error, OperationalError | InterfaceError)


def _environ_for(key: Key, environ: Mapping[str, Any]) -> dict[str, Any]:
    """A request for the page as everybody gets it: whole, uncompressed, by nobody in particular."""
    kept = {name: value for name, value in environ.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}
    host, path, query = key
    return kept | {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": host,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.input": BytesIO(),
    }


def _called(application: Application, environ: dict[str, Any]) -> Answer:
    begun: tuple[str, Headers] = ("", [])

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        nonlocal begun
        begun = (status, headers)
        return lambda data: None

    result = application(environ, start_response)
    close: Callable[[], None] = getattr(result, "close", lambda: None)
    parts, size = [], 0
    pieces = iter(result)
    with contextlib.ExitStack() as at_end:
        at_end.callback(close)
        for piece in pieces:
            parts.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                at_end.pop_all()
                return Answer(*begun, b"", chain(parts, pieces), close)
    return Answer(*begun, b"".join(parts))
