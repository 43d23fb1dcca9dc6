"""The key of the stored page that answers a request, if the response is the same for everybody."""

from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from django.apps import apps
from django.conf import settings
from django.urls import reverse

from site_core.fields.tracking import is_tracking_key

# Host, path and query string. The encoding is chosen among the variants of a page.
Key = tuple[str, str, str]

# A longer query string comes neither from a person nor from a form of the site.
LONGEST_QUERY = 1_000
_query_keys: set[str] = set()
_bypassed_paths: set[str] = set()


def register_query_keys(*keys: str) -> None:
    """Declares the query keys that pages read. Each of their values is stored as a page of its own.

    A request with any other key is not stored, except for keys that only track visitors.
    """
    _query_keys.update(keys)


def query_keys() -> frozenset[str]:
    return frozenset(_query_keys)


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

    def key_of(self, environ: WSGIEnvironment) -> Key | None:
        """None if the response may depend on the visitor, or if the path bypasses the store."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", "") or _is_redirected_to_https(environ):
            return None
        path = environ["PATH_INFO"]
        if path.startswith(self.bypassed):
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            normalized = normalized_query(query)
            if normalized is None:
                return None
            query = normalized
        return environ.get("HTTP_HOST", "").lower(), path, query


def _is_redirected_to_https(environ: WSGIEnvironment) -> bool:
    """Whether Django redirects to https. Such requests bypass the store, whose keys do not contain the scheme."""
    if not settings.SECURE_SSL_REDIRECT:
        return False
    return environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"]) != "https"


def normalized_query(query: str) -> str | None:
    """The query string sorted by key, without tracking keys; None if it has a key that no page reads."""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    pairs = [(key, value) for key, value in pairs if not is_tracking_key(key)]
    if any(key not in _query_keys for key, _ in pairs):
        return None
    # The order of equal keys has a meaning, so the values are not sorted.
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))
