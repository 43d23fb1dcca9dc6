"""Visitor: a thread that requests one URL after another and records the responses."""

import gzip
import hashlib
import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from threading import Event, Thread

import brotli

from site_core.ops import supervisor
from tests.page_cache.trials.machine import HOST

# Some action of the editor changes each of them.
URLS = (
    *("/", "/news/", "/news/?place=boston", "/news/?q=lantern", "/news/feed.rss", "/changes/feed.json"),
    *("/news/wandering/", "/news/wandered/", "/impact/", "/impact/boston-shootings/", "/places/boston/"),
    *("/places/old-boston/", "/strategies/group-violence-intervention/", "/search/?q=boston", "/search/?q=lantern"),
    *("/sitemap-pages-1.xml", "/about/", "/about/guest/", "/press/guest/", "/about/passing/", "/example-moved/"),
    # A request with an unknown key bypasses the store.
    *("/example-withdrawn/", "/contact/", "/contact/?unknown=1"),
)
ENCODINGS = ("identity", "gzip", "gzip, deflate, br")
TRACKING = "utm_source=example&fbclid=1"
# Average seconds between two visits. The visitors share two processors with the web servers and the writer.
PAUSE = 0.05
NOT_MODIFIED = 304


def digest_of(status: int, location: str, body: bytes) -> str:
    return hashlib.sha256(f"{status} {location}\n".encode() + body).hexdigest()[:16]


@dataclass(frozen=True)
class Visit:
    """A response to a request for a URL: `how` describes it, `digest` identifies it.

    `since` is the index of the last commit that was complete before the request, `until` of the last one after it, at
    the time `ended` (seconds since the epoch).
    """

    url: str
    how: str
    since: int
    until: int
    ended: float
    digest: str


@dataclass(frozen=True)
class Held:
    """The response that a visitor has cached for a URL in one encoding."""

    etag: str
    modified: str
    digest: str


class Visitor(Thread):
    """Sends requests to one web server over one connection, until it is stopped."""

    def __init__(self, port: int, seed: str, urls: Sequence[str], last_complete: Callable[[], int]) -> None:
        super().__init__(daemon=True)
        self.visits: list[Visit] = []
        self.errors: list[str] = []
        self._port = port
        self._random = Random(seed)  # noqa: S311
        self._urls = urls
        self._last_complete = last_complete
        self._held: dict[tuple[str, str], Held] = {}
        self._stop_asked = Event()

    def run(self) -> None:
        connection = http.client.HTTPConnection(supervisor.HOST, self._port, timeout=60)
        while not self._stop_asked.wait(self._random.expovariate(1 / PAUSE)):
            url = self._random.choice(self._urls)
            try:
                self._visit(connection, url)
            except Exception as error:
                self.errors.append(f"{url}: {error!r}")
                connection.close()
        connection.close()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()

    def _visit(self, connection: http.client.HTTPConnection, url: str) -> None:
        encoding = self._random.choice(ENCODINGS)
        held = self._held.get((url, encoding))
        headers = {"Host": HOST, "Accept-Encoding": encoding, **self._condition(held)}
        asked = url
        if self._random.random() < 0.2:
            asked += f"{'&' if '?' in url else '?'}{TRACKING}"
        since = self._last_complete()
        connection.request("GET", asked, headers=headers)
        response = connection.getresponse()
        body = response.read()
        until, ended = self._last_complete(), time.time()
        how = " ".join([str(response.status), *(f"{name}: {value}" for name, value in headers.items())])
        if response.getheader("Age"):
            how += ", served a copy"
        if response.status == NOT_MODIFIED:
            assert held, "a 304 for a page that the visitor does not have"
            digest = held.digest
        else:
            whole = _decoded(body, response.getheader("Content-Encoding"))
            digest = digest_of(response.status, response.getheader("Location") or "", whole)
            self._held[url, encoding] = Held(
                response.getheader("ETag") or "", response.getheader("Last-Modified") or "", digest
            )
        self.visits.append(Visit(url, f"{how} from {self._port}", since, until, ended, digest))

    def _condition(self, held: Held | None) -> dict[str, str]:
        """Half of the cached responses are requested conditionally, some of these by date."""
        if held is None or not held.etag or self._random.random() < 0.5:
            return {}
        if self._random.random() < 0.3:
            return {"If-Modified-Since": held.modified}
        return {"If-None-Match": held.etag}


def _decoded(body: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if encoding == "gzip" else body
