"""Which stored page answers a request, if one may."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import reverse

# Host, path and query string; the encoding chooses among what is stored of one page.
Key = tuple[str, str, str]

# What mails, advertisements and networks add to a link to see who follows it. No page reads them.
TRACKING_KEYS = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "msclkid", "twclid", "ttclid"),
        *("igshid", "igsh", "li_fat_id", "yclid", "mc_cid", "mc_eid", "mkt_tok", "vero_id", "oly_anon_id"),
        *("oly_enc_id", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "s_cid", "cmpid", "ref_src"),
    }
)
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_")
# What pages read of their query strings, registered by each app in `AppConfig.ready()`. A page asked for with anything
# else is rendered each time.
_query_keys: set[str] = set()
# Longer ones are not written by people or by the site's own forms.
LONGEST_QUERY = 1_000


def register_query_keys(*keys: str) -> None:
    """Say that pages read these keys, so that each of their values is stored by itself."""
    _query_keys.update(keys)


def query_keys() -> frozenset[str]:
    return frozenset(_query_keys)


class KeyReader:
    """Reads the key of a request, once it is clear that the answer is the same for everybody."""

    def __init__(self) -> None:
        admin = reverse("wagtailadmin_home")
        self.own_ways = (
            admin,
            settings.STATIC_URL,
            settings.MEDIA_URL,
            "/documents/",
            "/cards/",
            "/health/",
            "/metrics",
        )
        self.session_cookie = f"{settings.SESSION_COOKIE_NAME}="
        self.is_https = settings.SITE_URL.is_https

    def key_of(self, environ: Mapping[str, Any]) -> Key | None:
        """None where the answer may depend on who asks, or where no page of the site is asked for."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", "") or self._is_redirected_to_https(environ):
            return None
        path = environ["PATH_INFO"]
        if path.startswith(self.own_ways):
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            known = known_query(query)
            if known is None:
                return None
            query = known
        return environ.get("HTTP_HOST", "").lower(), path, query

    def _is_redirected_to_https(self, environ: Mapping[str, Any]) -> bool:
        """The scheme is no part of the key, so what would only be sent on to https passes by."""
        return self.is_https and environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"]) != "https"


def known_query(query: str) -> str | None:
    """The query string in one order and without what only tracks visitors; None where it asks for anything unknown."""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        asked = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    meant = [(key, value) for key, value in asked if not is_tracking(key)]
    if any(key not in _query_keys for key, _ in meant):
        return None
    # Of a key given twice the order counts.
    return urlencode(sorted(meant, key=lambda pair: pair[0]))


def is_tracking(key: str) -> bool:
    return key in TRACKING_KEYS or key.startswith(TRACKING_PREFIXES)
