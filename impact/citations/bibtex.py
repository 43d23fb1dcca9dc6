"""BibTeX, as journals and Google Scholar offer it. A library reads it."""

import re

from impact.citations.doi import doi_in
from impact.citations.reference import CannotRead, Reference, one_line, page_range, year_in

BROKEN = "This BibTeX cannot be read. Copy the whole entry, from the @ to the last brace."
SEVERAL = "These are {} references. Paste one at a time."
# Where each kind of publication names the journal, the book or whoever published it.
_CONTAINERS = ("journal", "journaltitle", "booktitle", "series", "institution", "school", "publisher", "howpublished")


def bibtex_reference(text: str) -> Reference:
    """Raises CannotRead."""
    # Loaded when somebody first pastes a citation.
    import bibtexparser
    from bibtexparser import middlewares

    decoding = middlewares.LatexDecodingMiddleware(keep_braced_groups=True)
    splitting = [decoding, middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = bibtexparser.parse_string(text, append_middleware=splitting)
    if len(library.entries) > 1:
        raise CannotRead(SEVERAL.format(len(library.entries)))
    if library.failed_blocks or not library.entries:
        raise CannotRead(BROKEN)
    fields = {field.key.lower(): field.value for field in library.entries[0].fields}
    # A URL is not LaTeX: a percent sign in it begins no comment.
    raw = {field.key.lower(): str(field.value) for field in bibtexparser.parse_string(text).entries[0].fields}
    words = {name: _plain(value) for name, value in fields.items() if isinstance(value, str)}
    reference = Reference(
        authors=tuple(_name(parts) for parts in fields.get("author") or ()),
        year=year_in(words.get("year", "") or words.get("date", "")),
        title=words.get("title", ""),
        container=next((words[name] for name in _CONTAINERS if words.get(name)), ""),
        volume=words.get("volume", ""),
        number=words.get("number", ""),
        pages=page_range(words.get("pages", "")),
        url=raw.get("url", "").replace("\\", ""),
        doi=doi_in(raw.get("doi", "").replace("\\", "")),
    )
    if not reference.values:
        raise CannotRead(BROKEN)
    return reference


def _name(parts: object) -> str:
    """“van Beethoven, Ludwig”; an organization in braces is one family name."""
    named = {name: " ".join(getattr(parts, name)) for name in ("first", "von", "last", "jr")}
    family = " ".join(part for part in (named["von"], named["last"]) if part)
    return _plain(", ".join(part for part in (family, named["first"], named["jr"]) if part))


def _plain(text: str) -> str:
    return one_line(re.sub(r"[{}]", "", text))
