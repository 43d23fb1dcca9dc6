"""What a name means: terms found by name or alias, and the old site's run-together tags taken apart.

The old site printed an item's tags cluster by cluster, clusters parted by one space and the names inside a cluster
with nothing between them: “DetroitNewburgh Group Violence Intervention”. Neither capitals nor spaces tell where a
name ends, so the known names do: at each place the longest one that fits is taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol


class Named(Protocol):
    """What a vocabulary holds: something with a name, a kind and other names."""

    name: str
    kind: str

    @property
    def other_names(self) -> list[str]: ...


def split_aliases(text: str) -> list[str]:
    """The aliases in a text of one a line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class Vocabulary:
    """Known terms by every name they go by, whatever its case. The same name may stand in two kinds."""

    def __init__(self, terms: Iterable[Named]) -> None:
        self._by_name: dict[str, list[Named]] = {}
        for term in terms:
            for name in (term.name, *term.other_names):
                self._by_name.setdefault(name.lower(), []).append(term)
        self._longest_first = sorted(self._by_name, key=len, reverse=True)

    def find(self, name: str) -> Named | None:
        """The term of that name or alias, or None."""
        found = self._by_name.get(" ".join(name.split()).lower())
        return found[0] if found else None

    def longest_match(self, text: str, start: int) -> tuple[str, list[Named]] | None:
        """The longest known name that begins at `start` of a lower-case text, with the terms it may mean."""
        for name in self._longest_first:
            if text.startswith(name, start):
                return name, self._by_name[name]
        return None


@dataclass
class SplitTags:
    """A run-together string taken apart: the terms in their order, and what no known name accounts for."""

    terms: list[Named] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def note_unknown(self, text: str) -> None:
        if text.strip():
            self.unknown.append(text.strip())


def split_run_together(text: str, vocabulary: Vocabulary, kinds_in_order: list[str]) -> SplitTags:
    """Take the old site's tag string apart. Nothing is dropped: what is not known comes back as unknown.

    `kinds_in_order` is the order of the clusters. A name that stands in two kinds is of the kind whose cluster has
    not yet passed.
    """
    text = " ".join(text.split())
    # Letter by letter, so that a place in one text is the same place in the other: “İ” becomes two in lower case.
    folded = "".join(letter.lower()[0] for letter in text)
    result = SplitTags()
    position = cluster = unknown_from = 0
    while position < len(folded):
        match = vocabulary.longest_match(folded, position)
        if match is None:
            position += 1
            continue
        result.note_unknown(text[unknown_from:position])
        name, meanings = match
        term = min(meanings, key=lambda meaning: _distance(kinds_in_order.index(meaning.kind), cluster))
        cluster = kinds_in_order.index(term.kind)
        result.terms.append(term)
        position = unknown_from = position + len(name)
    result.note_unknown(text[unknown_from:])
    return result


def _distance(candidate: int, cluster: int) -> tuple[bool, int]:
    """Clusters still to come before those that have passed, the nearest first."""
    return candidate < cluster, abs(candidate - cluster)
