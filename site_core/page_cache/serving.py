"""Puts the page store in front of Django, as the settings say."""

from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from site_core.page_cache.build_id import release
from site_core.page_cache.headers import BROKEN, written
from site_core.page_cache.invalidation.invalidation_listener import InvalidationListener
from site_core.page_cache.store.disk_store import TIMES_THE_MEMORY, DiskStore
from site_core.page_cache.store.memory_store import MemoryStore
from site_core.page_cache.store.page_store import PageStore
from site_core.page_cache.store.render_lock import RenderLocks
from site_core.page_cache.store.rendering import Answer, Application


def with_page_store(application: Application) -> PageStore:
    """The page store of this process, with its thread that follows changes made elsewhere."""
    folder = Path(settings.STATE_DIR) / "pages"
    budget = settings.PAGE_STORE_BYTES
    files = DiskStore(folder / "stored", release(), budget * TIMES_THE_MEMORY)
    store = PageStore(application, MemoryStore(budget), files, RenderLocks(folder / "turns"), fallback_response())
    InvalidationListener(store).start()
    return store


def fallback_response() -> Answer:
    """What is said where nothing else can be: a page that needs nothing else, made while everything still works."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    body = render_to_string("500.html").encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Content-Security-Policy", written(BROKEN)),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
    return Answer(f"{status.value} {status.phrase}", headers, body)
