"""Puts the page store in front of Django, according to the settings."""

from http import HTTPStatus
from pathlib import Path
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.template.loader import render_to_string

from site_core.page_cache.build_id import build_id
from site_core.page_cache.headers import BROKEN, policy_header
from site_core.page_cache.invalidation_listener import InvalidationListener
from site_core.page_cache.store.database_limits import serve_requests
from site_core.page_cache.store.disk_store import TIMES_THE_MEMORY, DiskStore
from site_core.page_cache.store.memory_store import MemoryStore
from site_core.page_cache.store.page_store import PageStore
from site_core.page_cache.store.render_lock import RenderLocks
from site_core.page_cache.store.rendering import RenderedResponse


def with_page_store(application: WSGIApplication) -> PageStore:
    """Wraps Django's WSGI application in the page store, and starts the thread that listens for invalidations."""
    serve_requests()
    folder = Path(settings.STATE_DIR) / "pages"
    budget = settings.PAGE_STORE_BYTES
    memory = MemoryStore(budget)
    disk = DiskStore(folder / "stored", build_id(), budget * TIMES_THE_MEMORY)
    store = PageStore(application, memory, disk, RenderLocks(folder / "locks"), fallback_response())
    InvalidationListener(store).start()
    return store


def fallback_response() -> RenderedResponse:
    """The response if a page can be neither rendered nor found: 500.html, rendered in advance."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    body = render_to_string("500.html").encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Content-Security-Policy", policy_header(BROKEN)),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
    return RenderedResponse(f"{status.value} {status.phrase}", headers, body)
