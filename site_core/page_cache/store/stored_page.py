"""A page as it is sent: its bytes in each encoding, its headers, and its validators (ETag and Last-Modified)."""

import gzip
import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache

import brotli

from site_core.page_cache.compression import COMPRESSIBLE

Headers = list[tuple[str, str]]

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
# The smaller one first.
COMPRESSED = (BROTLI, GZIP)
# With fewer bytes a compressed body is no smaller than the plain one.
LEAST_WORTH_COMPRESSING = 200
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
# The memory that a page takes besides its bodies and its own headers: some fifteen more headers for each encoding.
BYTES_BESIDE_BODIES = 4_096
# nginx and a CDN may cache a page for one second. A CDN does not learn of withdrawals, so it may serve no older one.
FOR_SHARED_CACHES: Headers = [
    ("X-Accel-Expires", "1"),
    ("CDN-Cache-Control", "public, s-maxage=1, must-revalidate"),
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
    """A page that was rendered in a generation.

    `headers` are those that all encodings share. `made_at` is when it was rendered, and `modified` when its bytes last
    changed, both in seconds since the epoch. `is_of_this_build`: by the code and templates that run now.
    """

    status: str
    headers: Headers
    bodies: Mapping[str, bytes]
    generation: int
    made_at: float
    modified: int
    is_of_this_build: bool = True
    variants: dict[str, Variant] = field(init=False)
    last_modified: str = field(init=False)

    def __post_init__(self) -> None:
        self.headers = [shared_header(name, value) for name, value in self.headers]
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
        """Its share of a budget, in bytes."""
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return sum(len(body) for body in self.bodies.values()) + headers + BYTES_BESIDE_BODIES

    @property
    def is_found(self) -> bool:
        """Whether there is a page at the URL. A redirect is none: any URL without its final slash has one."""
        return self.status[0] == "2"

    def is_fresh(self, now: int) -> bool:
        """Whether it is what would be rendered in the generation `now`."""
        return self.generation >= now and self.is_of_this_build

    def variant_for(self, accepted: str) -> Variant:
        """The smallest variant that the client accepts, by its Accept-Encoding header."""
        for encoding in encodings_of(accepted):
            if encoding in self.variants:
                return self.variants[encoding]
        return self.variants[IDENTITY]

    @property
    def age(self) -> int:
        """Seconds since it was rendered."""
        return max(0, int(time.time() - self.made_at))


@lru_cache(maxsize=512)
def shared_header(name: str, value: str) -> tuple[str, str]:
    """One object for all equal headers, which saves memory if thousands of pages have the same."""
    return name, value


def compressed(content_type: str, body: bytes) -> dict[str, bytes]:
    """The body in every encoding that is worth it, including identity."""
    bodies = {IDENTITY: body}
    if len(body) >= LEAST_WORTH_COMPRESSING and content_type.startswith(COMPRESSIBLE):
        bodies[GZIP] = gzip.compress(body, GZIP_LEVEL, mtime=0)
        bodies[BROTLI] = brotli.compress(body, brotli.MODE_TEXT, BROTLI_QUALITY)
    return bodies


@lru_cache(maxsize=256)
def encodings_of(accepted: str) -> tuple[str, ...]:
    """The encodings that an Accept-Encoding header allows, the smallest first."""
    allowed = {name for name, quality in _qualities(accepted) if quality > 0}
    refused = {name for name, quality in _qualities(accepted) if quality == 0}
    return tuple(one for one in COMPRESSED if one in allowed or ("*" in allowed and one not in refused))


def _qualities(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        quality = parameter.strip().removeprefix("q=") if parameter else "1"
        try:
            yield name.strip(), float(quality)
        except ValueError:
            yield name.strip(), 0
