"""The key of the stored page that answers a request, if the response is the same for everybody."""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from django.apps import apps
from django.conf import settings
from django.http.request import split_domain_port
from django.urls import reverse

from site_core.fields.tracking import is_tracking_key

# Host without port, path and query string. The encoding is chosen among the variants of a page.
Key = tuple[str, str, str]

# A longer query string comes neither from a person nor from a form of the site.
LONGEST_QUERY = 1_000
# The query keys that the page at a URL reads. The arguments of a URL name may not be known yet, so these are a list.
_query_keys: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
_bypassed_paths: set[str] = set()


def register_query_keys(url_name: str, *keys: str, args: tuple[str, ...] = ()) -> None:
    """Declares the query keys that the page at a URL reads. Each of their values is stored as a page of its own.

    A request with any other key is not stored, except for keys that only track visitors.
    """
    _query_keys.append((url_name, args, keys))


def query_keys() -> dict[str, frozenset[str]]:
    """The registered query keys by the path whose page reads them."""
    return {reverse(name, args=args): frozenset(keys) for name, args, keys in _query_keys}


def register_bypassed_paths(*prefixes: str) -> None:
    """Declares that requests for paths with these prefixes go to Django directly, because none would be stored."""
    _bypassed_paths.update(prefixes)


class KeyReader:
    """Reads the keys of requests. Create it once all apps have registered their paths."""

    def __init__(self) -> None:
        self.bypassed = (reverse("wagtailadmin_home"), settings.STATIC_URL, settings.MEDIA_URL, *_bypassed_paths)
        if apps.is_installed("wagtail.documents"):
            self.bypassed += (reverse("wagtaildocs_serve", args=[0, "-"]).removesuffix("0/-"),)
        self.session_cookie = f"{settings.SESSION_COOKIE_NAME}="
        self.query_keys = query_keys()

    def key_of(self, environ: WSGIEnvironment) -> Key | None:
        """None if the response may depend on the visitor, or if the path bypasses the store."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", "") or _is_redirected_to_https(environ):
            return None
        path = environ["PATH_INFO"]
        if path.startswith(self.bypassed):
            return None
        # Django answers a request for a host that is none.
        host, _ = split_domain_port(environ.get("HTTP_HOST", ""))
        query = normalized_query(environ.get("QUERY_STRING", ""), self.query_keys.get(path, ()))
        return None if query is None or not host else (host, path, query)


def _is_redirected_to_https(environ: WSGIEnvironment) -> bool:
    """Whether Django redirects to https. Such requests bypass the store, whose keys do not contain the scheme."""
    if not settings.SECURE_SSL_REDIRECT:
        return False
    return environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"]) != "https"


def normalized_query(query: str, keys: Collection[str]) -> str | None:
    """The query string sorted by key, without tracking keys; None if it has a key that the page does not read."""
    if not query:
        return ""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    pairs = [(key, value) for key, value in pairs if not is_tracking_key(key)]
    if any(key not in keys for key, _ in pairs):
        return None
    # The order of equal keys has a meaning, so the values are not sorted.
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))
