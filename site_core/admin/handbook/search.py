"""Finds the sections of the handbook that hold all words of a search."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from site_core.admin.handbook.pages import HandbookPage, handbook
from site_core.admin.handbook.rendering import Section
from site_core.search.queries import typed_text

# The letters of the text that a result shows, about.
_SHOWN = 180
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class FoundSection:
    """A section that holds the words, with the text around the first of them."""

    page: HandbookPage
    section: Section
    excerpt: str

    @property
    def title(self) -> str:
        is_whole_page = self.section.level == 1
        return self.page.title if is_whole_page else f"{self.page.title}: {self.section.heading}"

    @property
    def url(self) -> str:
        return f"{self.page.url}#{self.section.anchor}"


def find_sections(query: str) -> list[FoundSection]:
    """Find the sections with all words, of which the beginnings are enough.

    First those with the words in the heading, then in the title of the page, then in the text.
    """
    words = [word.casefold() for word in _WORD.findall(typed_text(query))]
    if not words:
        return []
    found = sorted(_ranked(words), key=lambda entry: entry[0])
    return [FoundSection(page, section, _excerpt(section.text, words)) for _, page, section in found]


def _ranked(words: Sequence[str]) -> Iterator[tuple[int, HandbookPage, Section]]:
    for page, section, heading, title, text in _folded_sections():
        everywhere = (heading, title, text)
        if all(any(_has(place, word) for place in everywhere) for word in words):
            missing = [sum(not _has(place, word) for word in words) for place in (heading, title)]
            yield 2 * missing[0] + missing[1], page, section


def _has(text: str, word: str) -> bool:
    """Whether a word of the text begins so. The text begins with a space and has one between words."""
    return f" {word}" in text


@cache
def _folded_sections() -> list[tuple[HandbookPage, Section, str, str, str]]:
    return [
        (page, section, _folded(section.heading), _folded(page.title), _folded(section.text))
        for page in handbook().values()
        for section in page.rendered.sections
    ]


def _folded(text: str) -> str:
    return " " + " ".join(_WORD.findall(text.casefold()))


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The text from shortly before the first of the words."""
    starts = [place.start() for word in words if (place := re.search(rf"\b{re.escape(word)}", text, re.I))]
    first = min(starts, default=0)
    start = text.rfind(" ", 0, max(0, first - _SHOWN // 3)) + 1 if first > _SHOWN // 3 else 0
    end = text.find(" ", start + _SHOWN)
    shown = text[start:] if end < 0 else f"{text[start:end]} …"
    return f"… {shown}" if start else shown
