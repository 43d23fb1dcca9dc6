"""Tells a CDN in front of the site which addresses have changed, so that it asks for them anew.

Wagtail tells it as soon as something is published, which inside a transaction is before anybody can see the change,
and knows of no lists. Here the publishing process reads the ledger, which only ever shows what is committed.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from django.conf import settings
from django.db import Error, connections
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends

from site_core.publishing.ledger.affected_urls import shown_at
from site_core.publishing.ledger.publications import Publication

logger = logging.getLogger(__name__)

# Seconds.
LOOK_EVERY = 1.0
PATIENCE = 5
# nginx may hand out for two seconds what it has, and a CDN that asks too soon would keep that for longer.
SETTLES_AFTER = 3.0
# What could not be told by then has long run out by itself (`FOR_SHARED_CACHES`).
TOLD_WITHIN = timedelta(minutes=1)
# What is new anywhere may be new in these.
FEEDS = (
    *("news_feed_rss", "news_feed_atom", "news_feed_json", "changes_feed_atom", "changes_feed_json"),
    *("stats_csv", "stats_json", "sitemap"),
)


class HttpCache(HTTPBackend):
    """A cache that understands PURGE, such as Varnish. Wagtail's own would wait for it without end."""

    def purge(self, url: str) -> None:
        """Raises OSError where the cache does not do it."""
        parts = urlsplit(url)
        address = urlunsplit((self.cache_scheme, self.cache_netloc, parts.path, parts.query, ""))
        try:
            with urlopen(PurgeRequest(address, headers={"Host": parts.netloc}), timeout=PATIENCE):  # noqa: S310 (ours)
                pass
        except HTTPError as error:
            # Some say so of what they do not hold.
            if error.code != HTTPStatus.NOT_FOUND:
                raise


class Teller:
    """Knows which rows of the ledger the CDN has been told of. After a restart it tells the last minute again."""

    def __init__(self) -> None:
        self._seen_at: dict[int, float] = {}
        self._told: set[int] = set()

    def look(self) -> list[str]:
        """Tell of what has settled, all at once; the addresses. Raises what the client of a CDN raises: look again."""
        now = time.monotonic()
        recent = Publication.objects.filter(at__gt=timezone.now() - TOLD_WITHIN).defer("content", "references")
        rows = {row.pk: row for row in recent}
        self._told &= rows.keys()
        self._seen_at = {pk: self._seen_at.get(pk, now) for pk in rows}
        due = [row for pk, row in rows.items() if pk not in self._told and now - self._seen_at[pk] >= SETTLES_AFTER]
        addresses = urls_of(due)
        for cdn in get_backends().values() if addresses else ():
            cdn.purge_batch(addresses)
        self._told |= {row.pk for row in due}
        return addresses


def urls_of(rows: list[Publication]) -> list[str]:
    """Everything that may have changed with these, in full."""
    paths = {reverse(name) for name in FEEDS} if rows else set()
    for row in rows:
        at = shown_at(row)
        paths |= {at.itself, at.before, *at.lists} - {""}
    return [f"{settings.SITE_URL.url}{path}" for path in sorted(paths)]


class CdnWorker:
    """The thread that tells, for as long as the publishing process runs and there is a CDN."""

    def __init__(self, may_act: Callable[[], bool]) -> None:
        """Nothing is told while `may_act` says no: another process does."""
        self._may_act = may_act
        self._stopping = Event()

    def start(self) -> None:
        if settings.WAGTAILFRONTENDCACHE:
            Thread(target=self._work, name="cdn", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def _work(self) -> None:
        teller = Teller()
        while not self._stopping.wait(LOOK_EVERY):
            try:
                if self._may_act():
                    teller.look()
            except Error:
                # The process says so itself.
                connections.close_all()
            except Exception:
                logger.exception("The CDN could not be told of changes. Trying again.")
