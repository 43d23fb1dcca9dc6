"""Visitor: a thread that looks at one address after another and notes what it was given, and when."""

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

# Each shows something that an action of the editor changes.
ADDRESSES = (
    *("/", "/news/", "/news/?place=boston", "/news/?q=lantern", "/news/feed.rss", "/changes/feed.json"),
    *("/news/wandering/", "/news/wandered/", "/impact/", "/impact/boston-shootings/", "/places/boston/"),
    *("/places/old-boston/", "/strategies/group-violence-intervention/", "/search/?q=boston", "/search/?q=lantern"),
    *("/sitemap-pages-1.xml", "/about/", "/about/guest/", "/press/guest/", "/about/passing/", "/example-moved/"),
    # The page store passes on what it does not know.
    *("/example-withdrawn/", "/contact/", "/contact/?unknown=1"),
)
ENCODINGS = ("identity", "gzip", "gzip, deflate, br")
TRACKING = "utm_source=example&fbclid=1"
# Seconds between two visits, on average: the web servers and the writer share two processors with the visitors.
PAUSE = 0.05
NOT_MODIFIED = 304


def digest_of(status: int, location: str, body: bytes) -> str:
    return hashlib.sha256(f"{status} {location}\n".encode() + body).hexdigest()[:16]


@dataclass(frozen=True)
class Visit:
    """What was given at an address: in words for whoever looks into it, and as a digest.

    `since` is the number of the last commit that was complete before it was asked for, `until` of that after, at the
    time `ended` (seconds since the epoch).
    """

    address: str
    how: str
    since: int
    until: int
    ended: float
    digest: str


@dataclass(frozen=True)
class Held:
    """What a visitor has kept of an address in one encoding."""

    etag: str
    modified: str
    digest: str


class Visitor(Thread):
    """Asks one web server over one connection, until told to stop."""

    def __init__(self, port: int, seed: str, addresses: Sequence[str], last_complete: Callable[[], int]) -> None:
        super().__init__(daemon=True)
        self.visits: list[Visit] = []
        self.errors: list[str] = []
        self._port = port
        self._random = Random(seed)  # noqa: S311
        self._addresses = addresses
        self._last_complete = last_complete
        self._held: dict[tuple[str, str], Held] = {}
        self._stop_asked = Event()

    def run(self) -> None:
        connection = http.client.HTTPConnection(supervisor.HOST, self._port, timeout=60)
        while not self._stop_asked.wait(self._random.expovariate(1 / PAUSE)):
            address = self._random.choice(self._addresses)
            try:
                self._visit(connection, address)
            except Exception as error:
                self.errors.append(f"{address}: {error!r}")
                connection.close()
        connection.close()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()

    def _visit(self, connection: http.client.HTTPConnection, address: str) -> None:
        encoding = self._random.choice(ENCODINGS)
        held = self._held.get((address, encoding))
        headers = {"Host": HOST, "Accept-Encoding": encoding, **self._condition(held)}
        asked = address
        if self._random.random() < 0.2:
            asked += f"{'&' if '?' in address else '?'}{TRACKING}"
        since = self._last_complete()
        connection.request("GET", asked, headers=headers)
        response = connection.getresponse()
        body = response.read()
        until, ended = self._last_complete(), time.time()
        how = " ".join([str(response.status), *(f"{name}: {value}" for name, value in headers.items())])
        if response.getheader("Age"):
            how += ", served as it was"
        if response.status == NOT_MODIFIED:
            assert held, "not modified, of what nobody has"
            digest = held.digest
        else:
            whole = _decoded(body, response.getheader("Content-Encoding"))
            digest = digest_of(response.status, response.getheader("Location") or "", whole)
            self._held[address, encoding] = Held(
                response.getheader("ETag") or "", response.getheader("Last-Modified") or "", digest
            )
        self.visits.append(Visit(address, f"{how} from {self._port}", since, until, ended, digest))

    def _condition(self, held: Held | None) -> dict[str, str]:
        """Half of what a visitor has is asked for only if it has changed, some of that by its date."""
        if held is None or not held.etag or self._random.random() < 0.5:
            return {}
        if self._random.random() < 0.3:
            return {"If-Modified-Since": held.modified}
        return {"If-None-Match": held.etag}


def _decoded(body: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if encoding == "gzip" else body
