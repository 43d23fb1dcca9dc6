"""A page as it is sent: its bytes in each encoding, its headers, and what tells that a visitor has it already."""

import gzip
import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
# The smaller first.
COMPRESSED = (BROTLI, GZIP)
# Below this many bytes a compressed answer is no smaller by the time it is wrapped.
LEAST_WORTH_COMPRESSING = 200
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
TEXT = (
    *("text/", "application/json", "application/xml", "image/svg+xml"),
    *("application/rss+xml", "application/atom+xml", "application/feed+json"),
)
# What a page takes in memory besides its bodies: some fifteen headers for each encoding.
BYTES_BESIDE_BODIES = 4_096
# A shared cache in front may keep the page for a second (nginx), or until it is told (a CDN); where the site does not
# answer, for a day.
FOR_SHARED_CACHES: Headers = [
    ("X-Accel-Expires", "1"),
    ("CDN-Cache-Control", "public, s-maxage=10, stale-while-revalidate=30, stale-if-error=86400"),
]
_REPEATED_WHEN_UNCHANGED = {"cache-control", "last-modified", "vary", "x-accel-expires", "cdn-cache-control"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A page in one encoding."""

    etag: str
    headers: Headers
    headers_unchanged: Headers
    body: bytes


@dataclass(slots=True)
class StoredPage:
    """What was rendered in one generation, at `made_at` (seconds since the epoch), ready to be sent.

    `headers` are those that all encodings share. `modified` is since when the bytes are the same, in seconds.
    """

    status: str
    headers: Headers
    bodies: Mapping[str, bytes]
    generation: int
    made_at: float
    modified: int
    variants: dict[str, Variant] = field(init=False)
    last_modified: str = field(init=False)

    def __post_init__(self) -> None:
        self.headers = [one_copy(name, value) for name, value in self.headers]
        self.last_modified = formatdate(self.modified, usegmt=True)
        digest = hashlib.sha256(self.bodies[IDENTITY]).hexdigest()[:32]
        self.variants = {encoding: self._variant(encoding, digest, body) for encoding, body in self.bodies.items()}

    def _variant(self, encoding: str, digest: str, body: bytes) -> Variant:
        etag = f'"{digest}"' if encoding == IDENTITY else f'"{digest}-{encoding}"'
        shared = [*self.headers, *FOR_SHARED_CACHES, ("Last-Modified", self.last_modified)]
        if len(self.bodies) > 1:
            shared.append(("Vary", "Accept-Encoding"))
        own = [("ETag", etag)]
        unchanged = [*own, *(header for header in shared if header[0].lower() in _REPEATED_WHEN_UNCHANGED)]
        if encoding != IDENTITY:
            own.append(("Content-Encoding", encoding))
        return Variant(etag, [*shared, *own, ("Content-Length", str(len(body)))], unchanged, body)

    @property
    def size(self) -> int:
        """What it takes of a budget, in bytes."""
        return sum(len(body) for body in self.bodies.values()) + BYTES_BESIDE_BODIES

    @property
    def is_found(self) -> bool:
        """Whether there is something at the address: a page, or the way to one."""
        return self.status[0] in "23"

    def variant_for(self, accepted: str) -> Variant:
        """The smallest that a visitor takes, by the header Accept-Encoding."""
        for encoding in encodings_of(accepted):
            if encoding in self.variants:
                return self.variants[encoding]
        return self.variants[IDENTITY]

    @property
    def age(self) -> int:
        """Seconds since it was rendered."""
        return max(0, int(time.time() - self.made_at))


@lru_cache(maxsize=512)
def one_copy(name: str, value: str) -> tuple[str, str]:
    """A header that thousands of pages have need not stand in memory thousands of times."""
    return name, value


def compressed(content_type: str, body: bytes) -> dict[str, bytes]:
    """A body in every encoding that is worth it, and as it is."""
    bodies = {IDENTITY: body}
    if len(body) >= LEAST_WORTH_COMPRESSING and content_type.startswith(TEXT):
        bodies[GZIP] = gzip.compress(body, GZIP_LEVEL, mtime=0)
        bodies[BROTLI] = brotli.compress(body, brotli.MODE_TEXT, BROTLI_QUALITY)
    return bodies


@lru_cache(maxsize=256)
def encodings_of(accepted: str) -> tuple[str, ...]:
    """Which of ours a visitor takes, the smallest first."""
    taken = {name for name, weight in _weighed(accepted) if weight > 0}
    refused = {name for name, weight in _weighed(accepted) if weight == 0}
    return tuple(one for one in COMPRESSED if one in taken or ("*" in taken and one not in refused))


def _weighed(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        quantity = weight.strip().removeprefix("q=") if weight else "1"
        try:
            yield name.strip(), float(quantity)
        except ValueError:
            yield name.strip(), 0
