"""Crossref: what it has on file for a DOI. It is asked only where CROSSREF is “on” in the environment."""

import json
from typing import Any
from urllib.parse import quote

from impact.citations.reference import CannotRead, Reference, one_line, page_range
from site_core.outgoing.guard import Guard
from site_core.outgoing.trouble import Trouble, Unread

WORKS = "https://api.crossref.org/works/"
SILENT = "Crossref does not answer. The DOI is filled in; enter the rest, or paste BibTeX or RIS from the journal."
OFF = "This site asks no other sites. The DOI is filled in; enter the rest, or paste BibTeX or RIS from the journal."
UNKNOWN = "Crossref does not know this DOI. Check it, or paste BibTeX or RIS from the journal."


def crossref_reference(doi: str) -> Reference:
    """Raises CannotRead."""
    try:
        answer = Guard.from_settings().fetch_json(f"{WORKS}{quote(doi, safe='')}")
    except Unread as unread:
        raise CannotRead(OFF if unread.trouble is Trouble.OFF else SILENT) from None
    if answer.status in (404, 410):
        raise CannotRead(UNKNOWN)
    try:
        message: dict[str, Any] = json.loads(answer.body)["message"]
        return _reference(message, doi)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise CannotRead(SILENT) from None


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
