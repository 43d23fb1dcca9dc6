"""The score that Mozilla's HTTP Observatory gives a page, by the tests and points in its documentation.

A site starts with 100 points. Missing headers take points away. Extra points are added only if at least 90 are left.
100 and more are an A+.
"""

from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

SIX_MONTHS = 15_768_000
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(response: Any, host: str) -> int:
    """The score of a response of Django's test client to an https request for a host."""
    results = [
        _cookies(response),
        _policy(response),
        _transport(response),
        _referrer(response),
        _scripts(response, host),
        0 if response.get("X-Content-Type-Options") == "nosniff" else -5,
        _frames(response),
        _resource_policy(response),
        -50 if response.get("Access-Control-Allow-Origin") == "*" else 0,
    ]
    points = 100 + sum(result for result in results if result < 0)
    return points + sum(result for result in results if result > 0) if points >= 90 else max(points, 0)


def directives(response: Any) -> dict[str, list[str]]:
    """The sources of each directive of the policy."""
    parts = [part.split() for part in response.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def _cookies(response: Any) -> int:
    if not response.cookies:
        return 0
    safe = all(cookie["secure"] and cookie["samesite"] in {"Lax", "Strict"} for cookie in response.cookies.values())
    return 5 if safe else -20


def _policy(response: Any) -> int:
    policy = directives(response)
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    scripts, objects = policy.get("script-src", default), policy.get("object-src", default)
    broad = {"*", "data:", "https:", "http:", "'unsafe-inline'"}
    if broad.intersection([*scripts, *objects]):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if broad.intersection(policy.get("style-src", default)):
        return 0
    return 10 if default == ["'none'"] else 5


def _transport(response: Any) -> int:
    header = response.get("Strict-Transport-Security", "")
    values = dict(part.strip().partition("=")[::2] for part in header.split(";"))
    if not values.get("max-age", "").isdigit():
        return -20
    return 0 if int(values["max-age"]) >= SIX_MONTHS else -10


def _referrer(response: Any) -> int:
    policy = response.get("Referrer-Policy")
    if policy is None:
        return 0
    return 5 if policy in PRIVATE_REFERRERS else -5


def _scripts(response: Any, host: str) -> int:
    scripts = BeautifulSoup(response.content, "html.parser").select("script[src]")
    hosts = {urlsplit(str(script["src"])).netloc for script in scripts}
    return 0 if hosts <= {"", host} else -5


def _frames(response: Any) -> int:
    ancestors = directives(response).get("frame-ancestors")
    if ancestors and "*" not in ancestors:
        return 5
    return 0 if response.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def _resource_policy(response: Any) -> int:
    """A missing header costs nothing. An invalid one, and one that allows every origin, cost points."""
    return 0 if response.get("Cross-Origin-Resource-Policy") in {None, "same-origin", "same-site"} else -20
