"""Finds terms of one kind that may be the same: other spellings, and a place with its state and without."""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from site_core.fields.text import without_accents
from site_core.taxonomy.models import Term

# The share of three-letter pieces that two names have in common: “Poughkeepsie” and “Poughkepsie” have 0.6.
ALIKE = 0.5
_STATE = re.compile(r",\s*([a-z]{2}|[a-z ]+)$")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
# Cities are named after each other, so their names may be alike up to these words.
_TELLING = frozenset(["north", "south", "east", "west", "new", "county", "state", "old", "saint", "fort"])


def similar_terms(terms: Sequence[Term]) -> list[tuple[Term, Term]]:
    """Pairs of terms with a name or another name that is nearly the same."""
    names = {term.pk: [_Name(name) for name in (term.name, *term.other_names)] for term in terms}
    return [
        (one, other)
        for one, other in combinations(terms, 2)
        if any(a.is_like(b) for a in names[one.pk] for b in names[other.pk])
    ]


def similar_to(terms: Sequence[Term]) -> dict[int, list[Term]]:
    """The terms that may be the same, by the pk of each term that has any."""
    found: dict[int, list[Term]] = {}
    for one, other in similar_terms(terms):
        found.setdefault(one.pk, []).append(other)
        found.setdefault(other.pk, []).append(one)
    return found


class _Name:
    """A name as it is compared: without accents, capitals, signs and the state."""

    def __init__(self, name: str) -> None:
        plain = without_accents(name).lower()
        without_state = _STATE.sub("", plain)
        self.state = plain[len(without_state) :].strip(", ")
        self.letters = _NO_LETTER.sub("", without_state)
        self.telling = frozenset(without_state.split()) & _TELLING
        self.pieces = _pieces(self.letters)

    def is_like(self, other: "_Name") -> bool:
        if self.state and other.state and self.state != other.state:
            return False
        if self.letters == other.letters:
            return True
        # Numbers tell names apart, and so do “North” and “South.”
        if self.telling != other.telling or _numbers(self.letters) != _numbers(other.letters):
            return False
        common = len(self.pieces & other.pieces)
        return common >= ALIKE * len(self.pieces | other.pieces)


def _pieces(letters: str) -> frozenset[str]:
    padded = f"  {letters} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _numbers(letters: Iterable[str]) -> str:
    return "".join(letter for letter in letters if letter.isdigit())
