"""Purges changed URLs from a CDN in front of the site.

Wagtail purges during publishing. Inside a transaction that is before anybody can see the change, and it purges no
lists. Here the publishing process reads the ledger, which only shows committed changes.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends

from site_core.publishing.ledger.affected_urls import affected_paths
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.worker import Worker

# Seconds.
LOOK_EVERY = 1.0
PATIENCE = 5
# nginx may serve its copy for two more seconds. A CDN that asks sooner would store that copy for longer.
SETTLES_AFTER = 3.0
# What could not be purged by then has expired by itself (`FOR_SHARED_CACHES`).
PURGED_WITHIN = timedelta(minutes=1)

_always_purged: list[str] = []


def register_always_purged(*names: str) -> None:
    """Purge these URL patterns with every change, because any change may show in them, such as in a feed."""
    _always_purged.extend(names)


class HttpCache(HTTPBackend):
    """A cache that understands PURGE, such as Varnish. Unlike Wagtail's backend, this has a timeout."""

    def purge(self, url: str) -> None:
        """Raises OSError if the cache does not purge the URL."""
        parts = urlsplit(url)
        cache_url = urlunsplit((self.cache_scheme, self.cache_netloc, parts.path, parts.query, ""))
        try:
            with urlopen(PurgeRequest(cache_url, headers={"Host": parts.netloc}), timeout=PATIENCE):  # noqa: S310 (ours)
                pass
        except HTTPError as error:
            # Some caches answer 404 for what they do not hold.
            if error.code != HTTPStatus.NOT_FOUND:
                raise


class Teller:
    """Purges the URLs of new rows of the ledger, each row once. After a restart it purges the last minute again."""

    def __init__(self) -> None:
        self._seen_at: dict[int, float] = {}
        self._purged: set[int] = set()

    def look(self) -> list[str]:
        """Purge what has settled, in one batch. The URLs.

        Raises what the CDN's client raises. The next call tries the same rows again.
        """
        now = time.monotonic()
        recent = Publication.objects.filter(at__gt=timezone.now() - PURGED_WITHIN).defer("content", "references")
        rows = {row.pk: row for row in recent}
        self._purged &= rows.keys()
        self._seen_at = {pk: self._seen_at.get(pk, now) for pk in rows}
        due = [row for pk, row in rows.items() if pk not in self._purged and now - self._seen_at[pk] >= SETTLES_AFTER]
        urls = urls_of(due)
        for cdn in get_backends().values() if urls else ():
            cdn.purge_batch(urls)
        self._purged |= {row.pk for row in due}
        return urls


def urls_of(rows: list[Publication]) -> list[str]:
    """The absolute URLs of everything that may have changed with these rows."""
    paths = {reverse(name) for name in _always_purged} if rows else set()
    for row in rows:
        affected = affected_paths(row)
        paths |= {affected.itself, affected.before, *affected.lists} - {""}
    return [f"{settings.SITE_URL.url}{path}" for path in sorted(paths)]


class CdnWorker(Worker):
    """Purges while the publishing process runs, if there is a CDN."""

    def __init__(self, may_act: Callable[[], bool]) -> None:
        super().__init__("cdn", Teller().look, LOOK_EVERY, may_act)

    def start(self) -> None:
        if settings.WAGTAILFRONTENDCACHE:
            super().start()
