"""The terms of the vocabulary that an article names. They are proposed, never applied."""

import re

from site_core.fields.text import normal_form
from site_core.taxonomy.models import Kind, Term

# The tag fields of a news item, by the kind of their terms.
FIELD_OF_KIND: dict[str, str] = {
    Kind.PLACE: "places",
    Kind.INITIATIVE: "initiatives",
    Kind.STRATEGY: "strategies",
    Kind.COMPONENT: "components",
}
# Letters of a text that are looked through, and terms that are proposed for a box.
MOST_LETTERS, MOST_PROPOSED = 100_000, 6
# “Newark” is not in “New Newark”, nor York in “New York”, if only the shorter name is on file.
_BEFORE_A_LONGER_NAME = (
    r"(?<!\bNew )(?<!\bNorth )(?<!\bSouth )(?<!\bEast )(?<!\bWest )(?<!\bFort )(?<!\bSan )(?<!\bPort )"
)
_QUOTES = str.maketrans("’‘", "''")
# A short alias is meant only as it is written: “GVI”.
_SHORT = 4


def proposed_tags(headline: str, text: str, applied: dict[str, str]) -> dict[str, list[str]]:
    """The names of the terms by tag field, in the order of the text, without those in the boxes of the form."""
    by_name: dict[str, list[Term]] = {}
    for term in Term.objects.in_use().order_by("pk"):
        for name in (term.name, *term.other_names):
            by_name.setdefault(_spelled(name).lower(), []).append(term)
    if not by_name:
        return {}
    longest_first = sorted(by_name, key=len, reverse=True)
    pattern = re.compile(rf"{_BEFORE_A_LONGER_NAME}(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)
    found: dict[str, list[str]] = {}
    for match in pattern.finditer(_spelled(f"{headline}. {text}")[:MOST_LETTERS]):
        for term in by_name.get(match[1].lower(), ()):
            field = FIELD_OF_KIND[term.kind]
            names = found.setdefault(field, [])
            in_box = term.name.lower() in applied.get(field, "").lower()
            if _is_meant(match[1], term) and term.name not in names and not in_box and len(names) < MOST_PROPOSED:
                names.append(term.name)
    return {field: names for field, names in found.items() if names}


def _is_meant(written: str, term: Term) -> bool:
    if len(written) <= _SHORT:
        return written in (_spelled(name) for name in (term.name, *term.other_names))
    # “reading” is no town.
    return term.kind != Kind.PLACE or written[0].isupper()


def _spelled(text: str) -> str:
    return normal_form("NFC", " ".join(text.split())).translate(_QUOTES)
