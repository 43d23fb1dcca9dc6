"""PageStore: WSGI middleware in front of Django that answers with stored bytes for as long as the site is the same.

An entry of an earlier generation is rendered anew before it is served, by one renderer while the others wait. Where
that fails, or the database is away, the entry is served as it is, with its Age.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.invalidation import generation
from site_core.page_cache.metrics import STORE_ANSWERS
from site_core.page_cache.store.circuit_breaker import CircuitBreaker
from site_core.page_cache.store.disk_store import DiskStore
from site_core.page_cache.store.memory_store import MemoryStore
from site_core.page_cache.store.render_lock import RenderLocks
from site_core.page_cache.store.rendering import Answer, Application, Renderer, is_of_database
from site_core.page_cache.store.request_key import Key, KeyReader
from site_core.page_cache.store.stored_page import IDENTITY, Headers, StoredPage, Variant, compressed

logger = logging.getLogger(__name__)

StartResponse = Callable[..., Any]

# Seconds that a visitor waits for another's rendering of the same page before an older copy will do.
PATIENCE = 5.0
RETRY_AFTER = "5"
NOT_MODIFIED = "304 Not Modified"
# What is stored says these by itself, of each encoding.
_HEADERS_OF_ONE_ENCODING = {"content-length", "etag", "last-modified", "vary"}


class PageStore:
    """The application that the web server calls."""

    def __init__(
        self,
        application: Application,
        shelves: MemoryStore,
        files: DiskStore,
        turns: RenderLocks,
        fallback_response: Answer,
    ) -> None:
        """`fallback_response` is what visitors get where there is neither a page nor a copy of one."""
        self.application = application
        self.shelves = shelves
        self.files = files
        self.turns = turns
        self.fallback_response = fallback_response
        self.circuit = CircuitBreaker()
        self.renderer = Renderer(application)
        self.keys = KeyReader()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        key = self.keys.key_of(environ)
        if key is None:
            STORE_ANSWERS.count("passed")
            return self.application(environ, start_response)
        now = generation.number()
        page = self.shelves.get(key)
        if page is not None and page.generation >= now:
            return send(page, environ, start_response)
        return self._not_at_hand(key, now, page, environ, start_response)

    def _not_at_hand(
        self, key: Key, now: int, page: StoredPage | None, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        copy = self._newest_copy(key, page, now)
        if copy and copy.generation >= now:
            return send(copy, environ, start_response)
        if self.circuit.rests(key):
            return self._send_copy(copy, environ, start_response)
        with self.turns.turn(key, PATIENCE) as is_our_turn:
            if not is_our_turn and copy:
                logger.warning("%s is being rendered for more than %s s: served as it was.", key[1], PATIENCE)
                return self._send_copy(copy, environ, start_response)
            copy = self._newest_copy(key, self.shelves.get(key), now)
            if copy and copy.generation >= now:
                return send(copy, environ, start_response)
            return self._render(key, copy, environ, start_response)

    def _newest_copy(self, key: Key, page: StoredPage | None, now: int) -> StoredPage | None:
        """What another process has rendered meanwhile, or this one before it was started again, is taken over.

        So is that there is nothing: what is found has a file, until some process knows that it is not public any more.
        """
        kept = self.files.read(key)
        if kept is None and page is not None and page.is_found and page.generation < now:
            self.shelves.found.take(key)
            return None
        if kept is None or (page is not None and page.generation >= kept.generation):
            return page
        self.shelves.put(key, kept)
        return kept

    def _render(
        self, key: Key, copy: StoredPage | None, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        # Before it is rendered: what changes meanwhile makes it one of an earlier generation.
        begun_in = generation.number()
        answer, error = self.renderer.render(key, environ)
        if answer.has_failed and begun_in < generation.number():
            # Some of what it read was from before a change, and some from after.
            begun_in = generation.number()
            answer, error = self.renderer.render(key, environ)
        if answer.has_failed:
            all_pages = is_of_database(error)
            self.circuit.rest(key, all_pages=all_pages)
            reason = "the database is away" if all_pages else repr(error)
            logger.error(
                "%s could not be rendered (%s): %s.", key[1], reason, "served as it was" if copy else "no copy"
            )
            return self._send_copy(copy, environ, start_response)
        self.circuit.has_recovered(key)
        if answer.rest is not None:
            start_response(answer.status, answer.headers)
            return _Streamed(answer.rest, answer.close)
        if not may_be_stored(answer):
            self._forget(key, copy)
            return _send_unstored(answer, environ, start_response)
        page = page_of(answer, begun_in, copy)
        self._keep(key, page)
        return send(page, environ, start_response, "rendered")

    def _keep(self, key: Key, page: StoredPage) -> None:
        self.shelves.put(key, page)
        try:
            if page.is_found:
                self.files.write(key, page)
            else:
                self.files.take(key)
        except OSError:
            logger.exception("A page could not be stored on disk.")

    def _forget(self, key: Key, copy: StoredPage | None) -> None:
        """What was public and is for everybody no more must not come back when the database is away."""
        if copy:
            self.shelves.found.take(key)
            self.shelves.not_found.take(key)
            self.files.take(key)

    def _send_copy(
        self, copy: StoredPage | None, environ: Mapping[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        if copy:
            return send(copy, environ, start_response, "stale", [("Age", str(copy.age))])
        STORE_ANSWERS.count("unavailable")
        start_response(self.fallback_response.status, [*self.fallback_response.headers, ("Retry-After", RETRY_AFTER)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.fallback_response.body]


def send(
    page: StoredPage,
    environ: Mapping[str, Any],
    start_response: StartResponse,
    how: str = "fresh",
    more: Headers | None = None,
) -> Iterable[bytes]:
    """Answer with a stored page, or with the word that the visitor has it. `how` it came about is counted."""
    variant = page.variant_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if has_it(environ, variant, page):
        STORE_ANSWERS.count("unchanged")
        start_response(NOT_MODIFIED, variant.headers_unchanged + more if more else variant.headers_unchanged)
        return []
    STORE_ANSWERS.count(how)
    start_response(page.status, variant.headers + more if more else variant.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]


def has_it(environ: Mapping[str, Any], variant: Variant, page: StoredPage) -> bool:
    """By the tags the visitor names, and only where there are none by the date."""
    if page.status[0] != "2":
        return False
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        # Caches on the way may have marked a tag as weak, which for a whole page is the same.
        return variant.etag in tags or tags.strip() == "*"
    return environ.get("HTTP_IF_MODIFIED_SINCE") == page.last_modified


def may_be_stored(answer: Answer) -> bool:
    """Whether the headers say that it is the same for everybody, as long as the site is the same."""
    vary = {name.strip().lower() for name in answer.header("vary").split(",") if name.strip()}
    return (
        answer.header("cache-control") == REVALIDATED
        and not answer.header("set-cookie")
        and not answer.header("content-encoding")
        and vary <= {"accept-encoding"}
    )


def page_of(answer: Answer, begun_in: int, before: StoredPage | None) -> StoredPage:
    """What is stored of an answer. It is modified only where its bytes are others than before."""
    now = time.time()
    modified = int(now)
    if before:
        is_same = before.bodies[IDENTITY] == answer.body and before.status == answer.status
        # Two versions in one second have two dates.
        modified = before.modified if is_same else max(modified, before.modified + 1)
    headers = [(name, value) for name, value in answer.headers if name.lower() not in _HEADERS_OF_ONE_ENCODING]
    bodies = compressed(answer.header("content-type"), answer.body)
    return StoredPage(answer.status, headers, bodies, begun_in, now, modified)


def _send_unstored(answer: Answer, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    start_response(answer.status, answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


class _Streamed:
    """A large answer, handed on piece by piece."""

    def __init__(self, pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        self._pieces = pieces
        self.close = close

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces
