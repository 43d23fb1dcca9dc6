"""PageStore: WSGI middleware in front of Django that serves stored pages as long as they are fresh.

A page of an earlier generation is rendered again before it is served, by one process while the others wait. If that
fails, or the database is down, the outdated copy is served with an Age header, unless something was withdrawn since.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from site_core.page_cache import faults
from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.invalidation import generation
from site_core.page_cache.metrics import STORE_ANSWERS
from site_core.page_cache.store.circuit_breaker import CircuitBreaker
from site_core.page_cache.store.disk_store import DiskStore
from site_core.page_cache.store.memory_store import MemoryStore
from site_core.page_cache.store.render_lock import RenderLocks
from site_core.page_cache.store.rendering import (
    RenderedResponse,
    Renderer,
    is_database_error,
    is_locked,
    is_slow_query,
)
from site_core.page_cache.store.request_key import Key, KeyReader
from site_core.page_cache.store.request_slots import RequestSlots
from site_core.page_cache.store.stored_page import IDENTITY, Headers, StoredPage, Variant, compressed

logger = logging.getLogger(__name__)

# Seconds that a visitor waits for another's rendering before an outdated copy is served.
RENDER_TIMEOUT = 5.0
RETRY_AFTER = "5"
NOT_MODIFIED = "304 Not Modified"
# The stored page sets these itself, for each encoding.
_HEADERS_OF_ONE_ENCODING = {"content-length", "etag", "last-modified", "vary"}


class PageStore:
    """The application that the web server calls."""

    def __init__(
        self,
        application: WSGIApplication,
        memory: MemoryStore,
        disk: DiskStore,
        render_locks: RenderLocks,
        fallback_response: RenderedResponse,
    ) -> None:
        """`fallback_response` is served if a page can be neither rendered nor found in the store."""
        self.application = application
        self.memory = memory
        self.disk = disk
        self.render_locks = render_locks
        self.fallback_response = fallback_response
        self.circuit_breaker = CircuitBreaker()
        self.slots = RequestSlots(settings.WEB_THREADS, settings.REQUESTS_AT_ONCE, settings.RENDERINGS_AT_ONCE)
        self.renderer = Renderer(application)
        self.key_reader = KeyReader()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = self.key_reader.key_of(environ)
        now = generation.number()
        if key is None or not generation.is_shared(now):
            return self._pass_on(environ, start_response)
        page = self.memory.get(key)
        if page is not None and page.is_fresh(now):
            return send(page, environ, start_response)
        try:
            return self._serve_from_disk_or_render(key, now, page, environ, start_response)
        except Exception as error:
            # A fault of the store itself. Django's own do not get here.
            faults.note("store", error)
            return self._pass_on(environ, start_response)

    def _pass_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self.slots.take(environ) as is_taken:
            if is_taken:
                STORE_ANSWERS["passed"].inc()
                return self.application(environ, start_response)
        logger.error("%s was refused: all threads wait for something.", environ["PATH_INFO"])
        return self._send_copy(None, environ, start_response)

    def _serve_from_disk_or_render(
        self, key: Key, now: int, page: StoredPage | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        copy = self._newest_copy(key, page, now)
        if copy and copy.is_fresh(now):
            return send(copy, environ, start_response)
        if self.circuit_breaker.is_open(key):
            return self._send_copy(copy, environ, start_response)
        asked_at = time.monotonic()
        with self.render_locks.hold(key, RENDER_TIMEOUT) as is_held:
            if not is_held and _may_be_served(copy):
                logger.warning("%s has been rendering for more than %s s: served a copy.", key[1], RENDER_TIMEOUT)
                return self._send_copy(copy, environ, start_response)
            # Another process may have rendered the page while this one waited.
            copy = self._newest_copy(key, self.memory.get(key), now)
            if copy and copy.is_fresh(now):
                return send(copy, environ, start_response)
            with self.slots.renderings:
                if self.circuit_breaker.opened_since(asked_at) or self.render_locks.has_failed_since(asked_at):
                    return self._send_copy(copy, environ, start_response)
                return self._render(key, copy, environ, start_response, time.monotonic() - asked_at)

    def _newest_copy(self, key: Key, page: StoredPage | None, now: int) -> StoredPage | None:
        """The newer of the copies in memory and on disk, or None.

        A found page without a file on disk is dropped from memory, because another process has removed the file on
        learning that the page is not public any more. One from before a withdrawal has no file either. It is never
        served, but tells when the page last changed.
        """
        on_disk = self.disk.read(key)
        if on_disk is not None and on_disk.generation > generation.number():
            # From a generation whose file was lost.
            on_disk = None
        if on_disk is None and page is not None and page.is_found and page.generation < now:
            if not _may_be_served(page):
                return page
            self.memory.found.remove(key)
            return None
        if on_disk is None or (page is not None and page.generation >= on_disk.generation):
            return page
        self.memory.put(key, on_disk)
        return on_disk

    def _render(
        self,
        key: Key,
        copy: StoredPage | None,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        waited: float,
    ) -> Iterable[bytes]:
        has_copy = _may_be_served(copy)
        # Read before rendering, so that a change meanwhile makes the page outdated.
        started_in = generation.number()
        response, error = self.renderer.render(key, environ, has_copy=has_copy, waited=waited)
        if response.has_failed and started_in < generation.number() and not is_database_error(error):
            # It may have failed because it read the database both before and after a change.
            started_in = generation.number()
            response, error = self.renderer.render(key, environ, has_copy=has_copy)
        if response.has_failed:
            self._note_failure(key, error, has_copy=has_copy)
            return self._send_copy(copy, environ, start_response)
        self.circuit_breaker.close(key)
        if response.rest is not None:
            start_response(response.status, response.headers)
            return _Streamed(response.rest, response.close)
        if not may_be_stored(response):
            self._remove(key, copy)
            return _send_unstored(response, environ, start_response)
        page = page_of(response, started_in, copy)
        self._store(key, page)
        return send(page, environ, start_response, "rendered")

    def _note_failure(self, key: Key, error: BaseException | None, *, has_copy: bool) -> None:
        all_pages = is_database_error(error) and not is_slow_query(error)
        self.circuit_breaker.open(key, all_pages=all_pages, is_slow=is_locked(error))
        if all_pages:
            self.render_locks.note_failure()
        reason = "the database is down" if all_pages and not is_locked(error) else repr(error)
        served = "served a copy" if has_copy else "no copy"
        logger.error("%s could not be rendered (%s): %s.", key[1], reason, served)

    def _store(self, key: Key, page: StoredPage) -> None:
        self.memory.put(key, page)
        try:
            if page.is_found:
                self.disk.write(key, page)
            else:
                self.disk.remove(key)
        except OSError as error:
            faults.note("pages", error)

    def _remove(self, key: Key, copy: StoredPage | None) -> None:
        """Removes a page that is not public any more, so that no outage brings it back."""
        if copy:
            self.memory.found.remove(key)
            self.memory.not_found.remove(key)
            try:
                self.disk.remove(key)
            except OSError as error:
                # It was withdrawn, so that no outage brings it back all the same.
                faults.note("pages", error)

    def _send_copy(
        self, copy: StoredPage | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if copy and _may_be_served(copy):
            return send(copy, environ, start_response, "stale", [("Age", str(copy.age))])
        STORE_ANSWERS["unavailable"].inc()
        start_response(self.fallback_response.status, [*self.fallback_response.headers, ("Retry-After", RETRY_AFTER)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.fallback_response.body]


def _may_be_served(copy: StoredPage | None) -> bool:
    """Whether nothing was withdrawn since the copy was rendered, from this page or from any other that it may show."""
    return copy is not None and copy.generation >= generation.oldest_served()


def send(
    page: StoredPage,
    environ: WSGIEnvironment,
    start_response: StartResponse,
    outcome: str = "fresh",
    extra_headers: Headers | None = None,
) -> Iterable[bytes]:
    """Responds with a stored page, or with 304 if the client has it. Counts the `outcome`.

    An outdated page counts as stale in either case.
    """
    variant = page.variant_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if client_has(environ, variant, page):
        STORE_ANSWERS["stale" if outcome == "stale" else "unchanged"].inc()
        headers = variant.headers_unchanged
        start_response(NOT_MODIFIED, headers + extra_headers if extra_headers else headers)
        return []
    STORE_ANSWERS[outcome].inc()
    start_response(page.status, variant.headers + extra_headers if extra_headers else variant.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]


def client_has(environ: WSGIEnvironment, variant: Variant, page: StoredPage) -> bool:
    """Whether the conditional headers match: If-None-Match, or If-Modified-Since if there is no such header."""
    if page.status[0] != "2":
        return False
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        # A proxy may have made the tag weak (W/"…"). For a whole page that makes no difference.
        return variant.etag in tags or tags.strip() == "*"
    return environ.get("HTTP_IF_MODIFIED_SINCE") == page.last_modified


def may_be_stored(response: RenderedResponse) -> bool:
    """Whether, by its headers, the response is the same for everybody until the site changes."""
    vary = {name.strip().lower() for name in response.header("vary").split(",") if name.strip()}
    return (
        response.header("cache-control") == REVALIDATED
        and not response.header("set-cookie")
        and not response.header("content-encoding")
        and vary <= {"accept-encoding"}
    )


def page_of(response: RenderedResponse, rendered_in: int, previous: StoredPage | None) -> StoredPage:
    """The page to store, rendered in a generation. With unchanged bytes it keeps the previous modification time."""
    now = time.time()
    modified = int(now)
    if previous:
        is_same = previous.bodies[IDENTITY] == response.body and previous.status == response.status
        # Two versions within one second get different times.
        modified = previous.modified if is_same else max(modified, previous.modified + 1)
    headers = [(name, value) for name, value in response.headers if name.lower() not in _HEADERS_OF_ONE_ENCODING]
    bodies = compressed(response.header("content-type"), response.body)
    return StoredPage(response.status, headers, bodies, rendered_in, now, modified)


def _send_unstored(
    response: RenderedResponse, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    start_response(response.status, response.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]


class _Streamed:
    """A large response, passed on piece by piece."""

    def __init__(self, pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        self._pieces = pieces
        self.close = close

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces
