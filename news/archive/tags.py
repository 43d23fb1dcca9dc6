"""Finds the terms in the cells of a row: names with separators between them, or run together as on the old site."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from news.article.proposed_tags import FIELD_OF_KIND
from site_core.taxonomy.models import Kind, Term
from site_core.taxonomy.vocabulary import NamesOnFile, SplitTags, Vocabulary, split_run_together

KIND_OF_FIELD = {name: kind for kind, name in FIELD_OF_KIND.items()}
_SEPARATOR = re.compile(r"[;|\n]")
_STATE = re.compile(r"[A-Z]{2}")


@dataclass
class FoundTags:
    """The pks of the terms by tag field, and the names that no term has, each with its field, "" if nobody knows."""

    terms: dict[str, list[int]] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def add(self, term: Term) -> None:
        pks = self.terms.setdefault(FIELD_OF_KIND[term.kind], [])
        if term.pk not in pks:
            pks.append(term.pk)

    def add_unknown(self, name: str, tag_field: str) -> None:
        if name and (name, tag_field) not in self.unknown:
            self.unknown.append((name, tag_field))


class TagFinder:
    """Finds terms by the names that are on file when it is made."""

    def __init__(self) -> None:
        terms = list(Term.objects.order_by("pk"))
        self.pks = {term.pk for term in terms}
        self.vocabulary = Vocabulary(terms)
        self.of_kind = {kind: NamesOnFile([term for term in terms if term.kind == kind]) for kind in Kind.values}
        # An archive repeats the same few tags.
        self.split = lru_cache(maxsize=5_000)(self._split)

    def find(self, cells: dict[str, str]) -> FoundTags:
        """The tags in cells, by field: “tags” for those of all kinds, or one of the four tag fields."""
        found = FoundTags()
        for part in _parts(cells.get("tags", "")):
            self._add_part(part, found)
        for name, kind in KIND_OF_FIELD.items():
            for part in _parts(cells.get(name, "")):
                self._add_of_kind(part, kind, found)
        return found

    def named(self, name: str, kind: str = "") -> Term | None:
        """The term with this name, of this kind if one is given."""
        found = (self.of_kind[kind] if kind else self.vocabulary).find(name)
        return found if isinstance(found, Term) else None

    @staticmethod
    def field_of(term: Term) -> str:
        return FIELD_OF_KIND[term.kind]

    def _add_of_kind(self, part: str, kind: str, found: FoundTags) -> None:
        whole = self.of_kind[kind].find(part)
        for name in [part] if whole else part.split(","):
            name = name.strip()
            if term := self.of_kind[kind].find(name):
                found.add(term)
            elif not _is_state_of(name, found):
                found.add_unknown(name, FIELD_OF_KIND[kind])

    def _add_part(self, part: str, found: FoundTags) -> None:
        if term := self.named(part):
            found.add(term)
            return
        for name in part.split(","):
            name = name.strip()
            if term := self.named(name):
                found.add(term)
            elif name and not _is_state_of(name, found):
                result = self.split(name)
                for each in result.terms:
                    found.add(each)  # type: ignore[arg-type]
                for unknown in result.unknown:
                    found.add_unknown(unknown, "")

    def _split(self, text: str) -> SplitTags:
        """The terms of a run-together text, without those that are a part of a longer name.

        “New York” is not York, and “Yorkshire” is not either.
        """
        result = split_run_together(text, self.vocabulary, list(Kind.values))
        terms, unknown = list(result.terms), []
        for piece in result.unknown:
            whole = piece
            for term in list(terms):
                for name in (term.name, *term.other_names):
                    if term.kind == Kind.PLACE and f"{piece} {name}" in text:
                        whole = f"{piece} {name}"
                    elif piece[:1].islower() and f"{name}{piece}" in text:
                        whole = f"{name}{piece}"
                    else:
                        continue
                    terms.remove(term)
                    break
            unknown.append(whole)
        return SplitTags(terms, unknown)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def _is_state_of(name: str, found: FoundTags) -> bool:
    """Whether a name is only the state of the place before it, as in “High Point, NC”."""
    pks = found.terms.get("places", [])
    return bool(_STATE.fullmatch(name) and pks and Term.objects.filter(pk=pks[-1], region=name).exists())
