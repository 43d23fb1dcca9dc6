"""Reference: a publication as a citation states it, and the values of a study's form that follow from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from impact.citations.doi import doi_url


class CannotRead(Exception):
    """str() is a sentence for whoever pasted the text."""


@dataclass(frozen=True)
class Reference:
    """What a citation says. What it does not say is empty: nothing is guessed."""

    # Family names first, such as “Braga, Anthony A.”; an organization as it is called.
    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str = ""
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    url: str = ""
    doi: str = ""

    @property
    def short_name(self) -> str:
        """“Braga 2018”, “Braga and Weisburd 2018”, “Braga et al. 2018”; "" without an author."""
        families = [author.partition(",")[0] for author in self.authors]
        if not families:
            return ""
        names = " and ".join(families) if len(families) < 3 else f"{families[0]} et al."
        return f"{names} {self.year}" if self.year else names

    @property
    def locator(self) -> str:
        """“14(3), 525–558”, or as much of it as is known."""
        volume = f"{self.volume}({self.number})" if self.volume and self.number else self.volume or self.number
        return ", ".join(part for part in (volume, self.pages) if part)

    @property
    def values(self) -> dict[str, str]:
        """By the field of a study, as its form takes them. Only what is known."""
        found = {
            "short_name": self.short_name,
            "authors": _listed(self.authors),
            "year": str(self.year or ""),
            "title": self.title,
            "container": self.container,
            "locator": self.locator,
            "url": doi_url(self.doi) if self.doi else self.url,
        }
        return {name: value for name, value in found.items() if value}


def year_in(text: str) -> int | None:
    """The first year that a date names: 2018 for “2018/02/01”."""
    found = re.search(r"\b(1[89]|20)\d\d\b", text)
    return int(found[0]) if found else None


def page_range(first: str, last: str = "") -> str:
    """“205–250”, whether the pages came as two numbers or as “205--250”."""
    pages = f"{first}–{last}" if first and last and first != last else first
    return re.sub(r"\s*(-+|–|—)\s*", "–", pages.strip())


def one_line(text: str) -> str:
    return " ".join(text.split())


def _listed(authors: Iterable[str]) -> str:
    *others, last = [*authors] or [""]
    return f"{', '.join(others)}, and {last}" if others else last
