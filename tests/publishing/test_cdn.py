"""A CDN in front is told what has changed: once it is committed and has settled, all at once, again if that fails."""

import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.urls import reverse

from site_core.publishing import cdn
from site_core.publishing.cdn import CdnWorker, HttpCache, Teller
from site_core.settings import environment
from tests import factories

SITE = "http://localhost"


class Cache(ThreadingHTTPServer):
    """A cache that understands PURGE, and remembers what it was told, by host and path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Purging)
        self.told: list[str] = []
        self.status = 200


class Purging(BaseHTTPRequestHandler):
    server: Cache

    def do_PURGE(self) -> None:
        if self.server.status == 200:
            self.server.told.append(f"http://{self.headers['Host']}{self.path}")
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what went wrong."""


@pytest.fixture
def cache(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    """In front of the site, whose changes settle at once."""
    monkeypatch.setattr(cdn, "SETTLES_AFTER", 0.0)
    with Cache() as running:
        Thread(target=running.serve_forever, daemon=True).start()
        monkeypatch.setenv("CDN_URL", f"http://127.0.0.1:{running.server_port}")
        settings.WAGTAILFRONTENDCACHE = environment.cdn()
        yield running
        running.shutdown()


@pytest.fixture
def teller(site_tree: factories.SiteTree, cache: Cache) -> Teller:
    """It has told of all there was to begin with."""
    new = Teller()
    new.look()
    cache.told.clear()
    return new


def test_a_page_its_lists_and_the_feeds_are_asked_for_anew(
    site_tree: factories.SiteTree, cache: Cache, teller: Teller
) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, slug="an-item")
    teller.look()
    told = set(cache.told)
    assert {f"{SITE}/news/an-item/", f"{SITE}/news/", f"{SITE}/"} <= told
    assert {f"{SITE}/news/feed.rss", f"{SITE}/changes/feed.atom", f"{SITE}/sitemap.xml"} <= told
    assert len(cache.told) == len(told), "each once"
    cache.told.clear()
    teller.look()
    assert cache.told == []
    item.unpublish()
    teller.look()
    assert f"{SITE}/news/an-item/" in cache.told


def test_an_address_that_was_left_is_asked_for_as_well(
    site_tree: factories.SiteTree, cache: Cache, teller: Teller
) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, slug="before")
    teller.look()
    cache.told.clear()
    item.slug = "after"
    item.save_revision().publish()
    teller.look()
    assert {f"{SITE}/news/before/", f"{SITE}/news/after/"} <= set(cache.told)


def test_a_draft_and_what_is_taken_back_tell_nobody_anything(
    site_tree: factories.SiteTree, cache: Cache, teller: Teller, client: Client
) -> None:
    factories.TextPageFactory(parent=site_tree.home, draft=True)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.NewsItemPageFactory(parent=site_tree.news)
        raise ZeroDivisionError
    assert teller.look() == []
    assert cache.told == []


def test_nothing_is_told_before_nginx_has_let_go_of_what_it_kept(
    site_tree: factories.SiteTree, cache: Cache, teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cdn, "SETTLES_AFTER", 0.3)
    factories.NewsItemPageFactory(parent=site_tree.news)
    assert teller.look() == []
    time.sleep(0.3)
    assert teller.look() != []


def test_what_could_not_be_told_is_told_again(site_tree: factories.SiteTree, cache: Cache, teller: Teller) -> None:
    cache.status = 503
    factories.NewsItemPageFactory(parent=site_tree.news, slug="an-item")
    with pytest.raises(OSError, match="503"):
        teller.look()
    cache.status = 200
    teller.look()
    assert f"{SITE}/news/an-item/" in cache.told


def test_a_cache_that_does_not_hold_it_has_nothing_to_do(cache: Cache, settings: Any) -> None:
    cache.status = 404
    HttpCache({"LOCATION": settings.WAGTAILFRONTENDCACHE["default"]["LOCATION"]}).purge(f"{SITE}/")


def test_a_cache_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdn, "PATIENCE", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(OSError, match="timed out"):
            HttpCache({"LOCATION": f"http://127.0.0.1:{silent.getsockname()[1]}"}).purge(f"{SITE}/")


@pytest.mark.django_db(transaction=True)
def test_the_publishing_process_tells_of_what_the_admin_publishes(
    cache: Cache, client: Client, monkeypatch: pytest.MonkeyPatch, site_tree: factories.SiteTree
) -> None:
    monkeypatch.setattr(cdn, "LOOK_EVERY", 0.05)
    worker = CdnWorker(lambda: True)
    worker.start()
    try:
        deadline = time.monotonic() + 20
        client.force_login(factories.UserFactory(role="Editor"))
        client.post(reverse("wagtailadmin_pages:unpublish", args=[site_tree.about.pk]))
        while f"{SITE}{site_tree.about.url}" not in cache.told:
            assert time.monotonic() < deadline, cache.told
            time.sleep(0.05)
    finally:
        worker.stop()


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("", {}),
        ("https://cache.example.org", {"BACKEND": "site_core.publishing.cdn.HttpCache"}),
        ("cloudflare://token@zone", {"BEARER_TOKEN": "token", "ZONEID": "zone"}),
        ("cloudfront://E123ABC", {"DISTRIBUTION_ID": "E123ABC"}),
    ],
)
def test_one_variable_names_the_cdn(url: str, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDN_URL", url)
    assert settings.items() <= environment.cdn().get("default", {}).items()


@pytest.mark.parametrize("url", ["cache.example.org", "cloudflare://zone", "cloudfront://", "fastly://service"])
def test_what_names_no_cdn_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDN_URL", url)
    with pytest.raises(ImproperlyConfigured, match="CDN_URL must be"):
        environment.cdn()
