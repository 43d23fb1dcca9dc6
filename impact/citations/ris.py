"""RIS, as reference managers and databases export it. A library reads it."""

import re
from typing import Any

from impact.citations.bibtex import SEVERAL
from impact.citations.doi import doi_in
from impact.citations.reference import CannotRead, Reference, one_line, page_range, year_in

BROKEN = "This RIS cannot be read. Copy the whole entry, from “TY” to “ER.”"
# The library's names for the tags that databases use for the same.
_TITLES = ("title", "primary_title", "short_title")
_CONTAINERS = (
    *("journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1"),
    *("tertiary_title", "publisher"),
)


def ris_reference(text: str) -> Reference:
    """Raises CannotRead."""
    # Loaded when somebody first pastes a citation.
    import rispy

    lines = [re.sub(r"^\s*([A-Z][A-Z0-9]) {0,2}-[ \t]?", r"\1  - ", line) for line in text.splitlines()]
    if not any(line.startswith("ER  - ") for line in lines):
        lines.append("ER  - ")
    try:
        entries: list[dict[str, Any]] = rispy.loads("\n".join(lines))
    except (OSError, ValueError, KeyError):
        raise CannotRead(BROKEN) from None
    if len(entries) > 1:
        raise CannotRead(SEVERAL.format(len(entries)))
    if not entries:
        raise CannotRead(BROKEN)
    entry = entries[0]
    reference = Reference(
        authors=tuple(one_line(name) for name in entry.get("authors") or entry.get("first_authors") or ()),
        year=year_in(entry.get("year") or entry.get("publication_year") or entry.get("date") or ""),
        title=_first(entry, _TITLES),
        container=_first(entry, _CONTAINERS),
        volume=entry.get("volume", ""),
        number=entry.get("number", ""),
        pages=page_range(entry.get("start_page", ""), entry.get("end_page", "")),
        url=next(iter(entry.get("urls") or ()), ""),
        doi=doi_in(entry.get("doi", "")),
    )
    if not reference.values:
        raise CannotRead(BROKEN)
    return reference


def _first(entry: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((one_line(entry[name]) for name in names if entry.get(name)), "")
