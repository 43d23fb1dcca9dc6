"""DOIs: how people paste them, and the one URL of each."""

import re
from urllib.parse import quote, unquote, urlsplit

_DOI = re.compile(r"10\.\d{4,9}/\S+", re.I)
_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")


def doi_in(text: str) -> str:
    """The DOI in “10.1111/1745”, “doi:10.1111/1745” or “https://doi.org/10.1111/1745”; "" where the text is none."""
    text = text.strip()
    if urlsplit(text).scheme in ("http", "https"):
        parts = urlsplit(text)
        text = unquote(parts.path).lstrip("/") if (parts.hostname or "").lower() in _HOSTS else ""
    text = re.sub(r"(?i)^doi:?\s*", "", text).rstrip(".,;")
    return text.lower() if _DOI.fullmatch(text) else ""


def doi_url(doi: str) -> str:
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"
