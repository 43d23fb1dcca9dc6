"""Finds terms by name or alias, and splits the run-together tags of the old site.

The old site printed the tags of an item cluster by cluster, with a space between clusters and nothing between names:
“DetroitNewburgh Group Violence Intervention”. Neither capitals nor spaces mark where a name ends, so the split takes
the longest known name at each position.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from site_core.fields.text import comparable, without_accents


class Named(Protocol):
    """What is found by its names, such as a publisher."""

    name: str

    @property
    def other_names(self) -> list[str]: ...


class NamedOfKind(Named, Protocol):
    """An entry of a vocabulary, such as a term."""

    kind: str


N = TypeVar("N", bound=Named)


def split_aliases(text: str) -> list[str]:
    """The aliases in a text with one alias on each line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class UnknownName(str):
    """A name that is on file in no spelling. A draft keeps it as it was typed."""

    __slots__ = ()


class NamesOnFile(Generic[N]):
    """Entries by name and alias, in any case and any spelling of quotes and spaces, with or without accents."""

    def __init__(self, entries: Iterable[N]) -> None:
        self._entries = [(name, entry) for entry in entries for name in (entry.name, *entry.other_names)]
        self._by_comparable: dict[str, N] = {}
        for name, entry in self._entries:
            self._by_comparable.setdefault(comparable(name), entry)

    def find(self, name: str) -> N | None:
        """The entry with this name or alias, or None."""
        return self._by_comparable.get(comparable(name)) or self._by_plain_letters.get(without_accents(name))

    def nearest(self, name: str) -> str:
        """The most similar name of an entry, "" if none is similar."""
        return next(iter(get_close_matches(name, dict.fromkeys(entry.name for _, entry in self._entries), n=1)), "")

    @cached_property
    def _by_plain_letters(self) -> dict[str, N]:
        entries: dict[str, N] = {}
        for name, entry in self._entries:
            entries.setdefault(without_accents(name), entry)
        return entries


class Vocabulary(NamesOnFile[NamedOfKind]):
    """Terms by name and alias. Two kinds may share a name."""

    def __init__(self, terms: Iterable[NamedOfKind]) -> None:
        super().__init__(terms)
        self._by_name: dict[str, list[NamedOfKind]] = {}
        for name, term in self._entries:
            self._by_name.setdefault(name.lower(), []).append(term)
        self._longest_first = sorted(self._by_name, key=len, reverse=True)

    def longest_match(self, text: str, start: int) -> tuple[str, list[NamedOfKind]] | None:
        """The longest known name at index `start` of a lower-case text, with its terms. None if there is none."""
        for name in self._longest_first:
            if text.startswith(name, start):
                return name, self._by_name[name]
        return None


@dataclass
class SplitTags:
    """The parts of a run-together string: the terms in order, and the text that is no known name."""

    terms: list[NamedOfKind] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add_unknown(self, text: str) -> None:
        if text.strip():
            self.unknown.append(text.strip())


def split_run_together(text: str, vocabulary: Vocabulary, kinds_in_order: list[str]) -> SplitTags:
    """Split a tag string of the old site. Nothing is dropped: unknown text is returned as unknown.

    `kinds_in_order` is the order of the clusters. A name that two kinds share belongs to the kind whose cluster is
    still to come.
    """
    text = " ".join(text.split())
    # One letter at a time, so that indexes match in both texts: “İ” in lower case has two letters.
    folded = "".join(letter.lower()[0] for letter in text)
    result = SplitTags()
    position = cluster = unknown_from = 0
    while position < len(folded):
        match = vocabulary.longest_match(folded, position)
        if match is None:
            position += 1
            continue
        result.add_unknown(text[unknown_from:position])
        name, meanings = match
        term = min(meanings, key=lambda meaning: _distance(kinds_in_order.index(meaning.kind), cluster))
        cluster = kinds_in_order.index(term.kind)
        result.terms.append(term)
        position = unknown_from = position + len(name)
    result.add_unknown(text[unknown_from:])
    return result


def _distance(candidate: int, cluster: int) -> tuple[bool, int]:
    """Sort key: clusters still to come before those that have passed, then the nearest."""
    return candidate < cluster, abs(candidate - cluster)
