"""Crossref: what it has on file for a DOI. It is asked only where CROSSREF is “on” in the environment."""

import json
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from django.conf import settings

from impact.citations.reference import CannotRead, Reference, one_line, page_range

WORKS = "https://api.crossref.org/works/"
SECONDS, MOST_BYTES = 5, 1_000_000
SILENT = "Crossref does not answer. The DOI is filled in; enter the rest, or paste BibTeX or RIS from the journal."
UNKNOWN = "Crossref does not know this DOI. Check it, or paste BibTeX or RIS from the journal."


def crossref_reference(doi: str) -> Reference:
    """Raises CannotRead."""
    try:
        message: dict[str, Any] = json.loads(_fetched(f"{WORKS}{quote(doi, safe='')}"))["message"]
        return _reference(message, doi)
    except URLError as error:
        raise CannotRead(UNKNOWN if getattr(error, "code", 0) == 404 else SILENT) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise CannotRead(SILENT) from None


def _fetched(url: str) -> bytes:
    request = Request(url, headers={"User-Agent": f"NNSC-website (+{settings.WAGTAILADMIN_BASE_URL})"})  # noqa: S310
    with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 (always Crossref)
        body: bytes = response.read(MOST_BYTES)
    return body


def _reference(message: dict[str, Any], doi: str) -> Reference:
    issued = (message.get("issued") or {}).get("date-parts") or [[None]]
    return Reference(
        authors=tuple(name for author in message.get("author") or () if (name := _name(author))),
        year=issued[0][0],
        title=one_line(next(iter(message.get("title") or ()), "")),
        container=one_line(next(iter(message.get("container-title") or ()), "") or message.get("publisher") or ""),
        volume=message.get("volume") or "",
        number=message.get("issue") or "",
        pages=page_range(message.get("page") or ""),
        doi=doi,
    )


def _name(author: dict[str, str]) -> str:
    family = author.get("family") or author.get("name") or ""
    return one_line(", ".join(part for part in (family, author.get("given")) if part))
