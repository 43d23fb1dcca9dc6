"""The kinds that the search of the admin finds. Apps register theirs in `ready()`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest

# The most results of a kind.
SHOWN = 6


@dataclass(frozen=True)
class Query:
    """What somebody typed, and its words."""

    text: str
    words: tuple[str, ...]

    def distance(self, title: str) -> int:
        """How far a title is from what was typed: 0 if it is the same, 3 if the words stand elsewhere."""
        title, text = title.casefold(), self.text.casefold()
        if title == text:
            return 0
        if title.startswith(text):
            return 1
        return 2 if all(word.casefold() in title for word in self.words) else 3


@dataclass(frozen=True)
class Found:
    """A result: its title, a note that tells it from others, and the URL of its screen."""

    title: str
    note: str
    url: str


class Kind(Protocol):
    """A kind of results. The order decides between kinds whose best results are equally good."""

    @property
    def label(self) -> str: ...

    @property
    def order(self) -> int: ...

    def find(self, request: HttpRequest, query: Query) -> Sequence[Found]:
        """The best results first, only those that the user may see, and not more than SHOWN of them."""


_kinds: list[Kind] = []


def register_kind(kind: Kind) -> None:
    _kinds.append(kind)


def registered_kinds() -> list[Kind]:
    return sorted(_kinds, key=lambda kind: kind.order)
