"""The guard: every request of this site to a URL that somebody typed goes through it.

It connects to public addresses only, on the ports of http and https, and checks that at the connection itself, so that
a name cannot lead elsewhere on a second look. Each redirect is checked anew. It sends no cookies, keeps to robots.txt,
and takes neither more time nor more bytes than a page of an article needs.
"""

import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from site_core.outgoing.addresses import is_public
from site_core.outgoing.connections import PORTS, Connecting, Lookup, look_up
from site_core.outgoing.deadline import Deadline
from site_core.outgoing.robots import Robots
from site_core.outgoing.trouble import Trouble, Unread

SECONDS = 5.0
MOST_REDIRECTS = 3
MOST_BYTES = 2_000_000
AGENT = "NNSC-link-reader"
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
HTML = ("text/html", "application/xhtml+xml")
JSON = ("application/json", "application/ld+json", "application/feed+json")
PAGES = (*HTML, *JSON)
PLAIN = ("text/plain",)
# What is asked for besides pages of articles, by what is readable then.
_ACCEPTED = {PLAIN: "*/*", JSON: "application/json"}
_CHUNK = 65_536
# zlib: a header of gzip or of zlib.
_ANY_HEADER = 47


@dataclass(frozen=True)
class Answer:
    """What another site has answered: the URL that answered in the end, and the status of each redirect to it."""

    url: str
    status: int
    content_type: str = ""
    charset: str = ""
    body: bytes = b""
    redirects: list[int] = field(default_factory=list)

    @property
    def is_moved_for_good(self) -> bool:
        return bool(self.redirects) and all(status in PERMANENT for status in self.redirects)


class Guard:
    """Requests pages of other sites."""

    def __init__(
        self,
        *,
        lookup: Lookup = look_up,
        may_connect: Callable[[str], bool] = is_public,
        proxy: str = "",
        is_off: bool = False,
        seconds: float = SECONDS,
        pause: Callable[[str], None] = lambda host: None,
    ) -> None:
        """`lookup` and `may_connect` are for tests, whose pages are on this machine. No setting leads there."""
        self._connecting = Connecting(lookup, may_connect, proxy)
        self._is_off = is_off
        self._seconds = seconds
        self._pause = pause
        self._robots = Robots(self._robots_text, AGENT)

    @classmethod
    def from_settings(cls, *, seconds: float = SECONDS, pause: Callable[[str], None] = lambda host: None) -> "Guard":
        """`pause` is called with the host before each request, and may wait."""
        is_off = not settings.OUTGOING_REQUESTS
        return cls(proxy=settings.OUTGOING_PROXY, is_off=is_off, seconds=seconds, pause=pause)

    def fetch(self, url: str) -> Answer:
        """The HTML or JSON at a URL. Raises Unread. An error page is an answer without a body."""
        return self._follow("GET", url, PAGES)

    def fetch_json(self, url: str) -> Answer:
        """The JSON of an API. Raises Unread. robots.txt tells readers of pages what to leave alone, and no API."""
        return self._follow("GET", url, JSON, heeds_robots=False)

    def ask(self, url: str, method: str) -> Answer:
        """What a URL answers to HEAD or GET, without its body. Raises Unread."""
        return self._follow(method, url, ())

    def _follow(self, method: str, url: str, readable: tuple[str, ...], *, heeds_robots: bool = True) -> Answer:
        if self._is_off:
            raise Unread(Trouble.OFF)
        redirects: list[int] = []
        with Deadline(self._seconds) as deadline:
            while True:
                parts = _checked(url)
                if heeds_robots and not self._robots.allow(parts):
                    raise Unread(Trouble.ROBOTS)
                answer, leads_to = self._request(method, parts, readable, deadline)
                if not leads_to:
                    return Answer(url, answer.status, answer.content_type, answer.charset, answer.body, redirects)
                redirects.append(answer.status)
                if len(redirects) > MOST_REDIRECTS:
                    raise Unread(Trouble.REDIRECTS)
                url = urljoin(url, leads_to)

    def _robots_text(self, url: str) -> str:
        with Deadline(self._seconds) as deadline:
            for _ in range(MOST_REDIRECTS + 1):
                answer, leads_to = self._request("GET", _checked(url), PLAIN, deadline)
                if not leads_to:
                    return answer.body.decode("utf-8", "replace")
                url = urljoin(url, leads_to)
        return ""

    def _request(
        self, method: str, url: SplitResult, readable: tuple[str, ...], deadline: Deadline
    ) -> tuple[Answer, str]:
        """One answer, and the URL that it leads on to. Raises Unread."""
        self._pause(url.netloc)
        connection: HTTPConnection | None = None
        try:
            connection, target = self._connecting.open(url, deadline)
            connection.request(method, target, headers=_headers(url, readable))
            response = connection.getresponse()
            if response.status in REDIRECTS and (leads_to := response.getheader("Location")):
                return Answer(url.geturl(), response.status), leads_to
            return _read(url, response, readable, deadline), ""
        except ssl.SSLCertVerificationError:
            raise Unread(Trouble.CERTIFICATE) from None
        except (OSError, HTTPException, ValueError, zlib.error):
            # The deadline shuts the connection down, which the reader takes for its end.
            raise Unread(Trouble.TIMED_OUT if deadline.is_over else Trouble.UNREACHABLE) from None
        finally:
            if connection:
                connection.close()


def _checked(url: str) -> SplitResult:
    """The parts of a URL that may be requested. Raises Unread."""
    try:
        parts = urlsplit(iri_to_uri(url.strip()))
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        raise Unread(Trouble.NO_URL) from None
    has_blanks = any(ord(letter) <= 32 for letter in host)
    if parts.scheme not in PORTS or not host or parts.username is not None or has_blanks:
        raise Unread(Trouble.NO_URL)
    if port not in (None, PORTS[parts.scheme]):
        raise Unread(Trouble.NOT_PUBLIC)
    return parts._replace(netloc=f"[{host}]" if ":" in host else host, fragment="")


def _headers(url: SplitResult, readable: tuple[str, ...]) -> dict[str, str]:
    return {
        "Host": url.netloc,
        "User-Agent": f"{AGENT}/1.0 (+{settings.WAGTAILADMIN_BASE_URL})",
        "Accept": _ACCEPTED.get(readable, "text/html, application/xhtml+xml, application/json;q=0.8"),
        "Accept-Language": "en-US, en;q=0.8, *;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _read(url: SplitResult, response: HTTPResponse, readable: tuple[str, ...], deadline: Deadline) -> Answer:
    content_type, charset = response.headers.get_content_type(), response.headers.get_content_charset("")
    body = b""
    if readable and response.status == 200:
        if content_type not in readable:
            raise Unread(Trouble.NOT_A_PAGE)
        body = _body(response, deadline)
    return Answer(url.geturl(), response.status, content_type, charset, body)


def _body(response: HTTPResponse, deadline: Deadline) -> bytes:
    """The body, unpacked. Raises Unread if it has too many bytes, or does not come in time."""
    packed = response.getheader("Content-Encoding", "identity").lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise Unread(Trouble.NOT_A_PAGE)
    unpack = None if packed == "identity" else zlib.decompressobj(_ANY_HEADER)
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        while chunk:
            room = MOST_BYTES + 1 - len(body)
            body += unpack.decompress(chunk, room) if unpack else chunk
            if len(body) > MOST_BYTES:
                raise Unread(Trouble.TOO_LARGE)
            chunk = unpack.unconsumed_tail if unpack else b""
    # A connection that the deadline has shut down ends without an error, as if the page did.
    deadline.left  # noqa: B018 (raises Unread)
    return bytes(body)
