"""Links as mail scanners, search engines and social networks wrap them: the link inside is meant.

A wrapped link tells others who got it, often by an email address, and hides where it leads.
"""

import re
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs, unquote, urlsplit

# By the end of the host and the start of the path: the query keys that hold the link inside.
_WRAPPERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("safelinks.protection.outlook.com", "/", ("url",)),
    ("safelinks.protection.office365.us", "/", ("url",)),
    ("facebook.com", "/l.php", ("u",)),
    ("l.instagram.com", "/", ("u",)),
    ("l.threads.com", "/", ("u",)),
    ("linkedin.com", "/redir/", ("url",)),
    ("linkedin.com", "/safety/go", ("url",)),
    ("youtube.com", "/redirect", ("q",)),
    ("out.reddit.com", "/", ("url",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("vk.com", "/away.php", ("to",)),
    ("steamcommunity.com", "/linkfilter", ("url", "u")),
    ("slack-redir.net", "/link", ("url",)),
    ("teams.microsoft.com", "/l/", ("url",)),
    ("duckduckgo.com", "/l/", ("uddg",)),
    ("linkprotect.cudasvc.com", "/url", ("a",)),
    ("clicktime.symantec.com", "/", ("u",)),
    ("trendmicro.com", "/wis/clicktime/", ("url",)),
    ("urldefense.com", "/v1/url", ("u",)),
    ("urldefense.proofpoint.com", "/v1/url", ("u",)),
)
_GOOGLE = re.compile(r"(www\.)?google(\.[a-z]{2,3}){1,2}")
# Proofpoint's second way: “-” stands for “%”, and “_” for “/”.
_PROOFPOINT_2 = re.compile(r"urldefense(\.proofpoint)?\.com")
_PROOFPOINT_3 = re.compile(r"https?://urldefense\.com/v3/__(?P<link>.+?)__;(?P<signs>[\w-]*)", re.IGNORECASE)
# A run of replaced signs has its length after two stars: A for two, B for three.
_STARS = re.compile(r"\*(\*(?P<length>.))?")
_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CISCO = re.compile(r"/(https?%3a%2f%2f[^/]+)$", re.IGNORECASE)
_YAHOO = re.compile(r"/RU=(?P<link>[^/]+)/", re.IGNORECASE)
MOST_LAYERS = 5
# No URL is longer. The time to read one may grow with the square of its length.
_LONGEST = 10_000


def unwrapped(link: str) -> str:
    """The link inside all wrappers, or the link itself if it has none."""
    if len(link) > _LONGEST:
        return link
    for _ in range(MOST_LAYERS):
        try:
            inside = _inside(link)
        except ValueError:
            return link
        if not re.match(r"https?://[^/\s]", inside, re.IGNORECASE):
            return link
        link = inside
    return link


def _inside(link: str) -> str:
    """The link that a wrapper holds, "" if this is no wrapper. Raises ValueError for what is no link."""
    if found := _PROOFPOINT_3.match(link):
        return _with_signs(found["link"], found["signs"])
    parts = urlsplit(link)
    host, query = (parts.hostname or "").lower(), parse_qs(parts.query)
    if _PROOFPOINT_2.fullmatch(host) and parts.path.startswith("/v2/url"):
        return unquote(_value(query, "u").replace("-", "%").replace("_", "/"))
    if _GOOGLE.fullmatch(host) and parts.path == "/url":
        return _value(query, "q", "url")
    if host == "secure-web.cisco.com" and (found := _CISCO.search(parts.path)):
        return unquote(found[1])
    if host == "r.search.yahoo.com" and (found := _YAHOO.search(parts.path)):
        return unquote(found["link"])
    for end, start, keys in _WRAPPERS:
        if (host == end or host.endswith(f".{end}")) and parts.path.startswith(start):
            return _value(query, *keys)
    return ""


def _value(query: dict[str, list[str]], *keys: str) -> str:
    return next((query[key][0] for key in keys if key in query), "")


def _with_signs(link: str, encoded: str) -> str:
    """The link with the signs that Proofpoint's third way replaces by stars."""
    signs = iter(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode())

    def put_back(star: re.Match[str]) -> str:
        number = _LENGTHS.index(star["length"]) + 2 if star["length"] else 1
        return "".join(next(signs, "") for _ in range(number))

    # One slash after the scheme is lost in some mail programs.
    return re.sub(r"^(https?):/(?=[^/])", r"\1://", _STARS.sub(put_back, link))
