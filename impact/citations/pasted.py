"""What somebody pasted into the box of a new study: a DOI, BibTeX or RIS."""

import re
from collections.abc import Callable

from django.conf import settings

from impact.citations.bibtex import bibtex_reference
from impact.citations.crossref import crossref_reference
from impact.citations.doi import doi_in
from impact.citations.reference import CannotRead, Reference
from impact.citations.ris import ris_reference

UNKNOWN = "This is neither a DOI, such as 10.1111/1745-9133.12353, nor BibTeX, nor RIS."


def reference_in(text: str, ask: Callable[[str], Reference] = crossref_reference) -> tuple[Reference, str]:
    """The reference, and a sentence about what could not be found out. Raises CannotRead.

    `ask` looks up a DOI. It is called only if the settings allow it.
    """
    text = text.replace("\x00", "").strip()
    if doi := doi_in(text):
        return _of_doi(doi, ask)
    if re.search(r"^\s*TY {0,2}-", text, re.M):
        return ris_reference(text), ""
    if re.search(r"@\w+\s*[{(]", text):
        return bibtex_reference(text), ""
    raise CannotRead(UNKNOWN)


def _of_doi(doi: str, ask: Callable[[str], Reference]) -> tuple[Reference, str]:
    only = Reference(doi=doi)
    if not settings.CROSSREF_IS_ASKED:
        return only, "A DOI alone says no more than the link. Enter the rest, or paste BibTeX or RIS from the journal."
    try:
        return ask(doi), ""
    except CannotRead as reason:
        return only, str(reason)
