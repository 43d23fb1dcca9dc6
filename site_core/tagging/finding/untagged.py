"""Finds items whose words name a term that they are not tagged with."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.fields import StreamField

from site_core.fields.nested import strings_in
from site_core.fields.text import without_accents, without_tags
from site_core.tagging.ties import TieTable, tie_tables
from site_core.taxonomy.models import Term

_WORD = re.compile(r"\w+")
# A name of one or two letters, such as “DC”, stands in too many words.
SHORTEST = 3
# The columns of a page that are read, besides its blocks.
_TEXTS = ("title", "summary")


@dataclass(frozen=True)
class Named:
    """A page, and a term that its words name."""

    page_pk: int
    title: str
    live: bool
    term: Term
    words: str


class TermFinder:
    """Finds names of terms in a text. The longest one at each place counts: “New York” names no York."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in terms:
            for name in (term.name, *term.other_names):
                words = tuple(_WORD.findall(without_accents(name).lower()))
                if words and len(name) >= SHORTEST:
                    self._by_first.setdefault(words[0], []).append((words, term))
        for names in self._by_first.values():
            names.sort(key=lambda name: -len(name[0]))

    def find(self, text: str) -> dict[Term, str]:
        """The terms, each with the words that name it."""
        matches = list(_WORD.finditer(text))
        words = [without_accents(match[0]).lower() for match in matches]
        found: dict[Term, str] = {}
        at = 0
        while at < len(words):
            step = 1
            for name, term in self._by_first.get(words[at], ()):
                if tuple(words[at : at + len(name)]) == name and text[matches[at].start()].isupper():
                    if step > 1 and len(name) < step:
                        break
                    step = len(name)
                    found.setdefault(term, text[matches[at].start() : matches[at + step - 1].end()])
            at += step
        return found


def untagged_items() -> Iterator[Named]:
    """Every term that a page with tags names without being tagged with it, the newest page first."""
    finder = TermFinder(Term.objects.in_use())
    by_model: dict[Any, list[TieTable]] = {}
    for table in tie_tables():
        by_model.setdefault(table.page_model, []).append(table)
    for model, tables in by_model.items():
        tagged = {table.kind: _tagged(table) for table in tables}
        for pk, live, text in _texts_of(model):
            for term, words in finder.find(text).items():
                if term.kind in tagged and (pk, term.pk) not in tagged[term.kind]:
                    yield Named(pk, text.partition("\n")[0], live, term, words)


def _tagged(table: TieTable) -> set[tuple[int, int]]:
    return set(table.through._base_manager.values_list("content_object_id", "tag_id"))


def _texts_of(model: Any) -> Iterator[tuple[int, bool, str]]:
    """The headline in the first line, then everything else that the page says."""
    names = {one.name for one in model._meta.concrete_fields}
    columns = [name for name in _TEXTS if name in names]
    blocks = [one.name for one in model._meta.concrete_fields if isinstance(one, StreamField)]
    pages = model._base_manager.filter(live=True).order_by("-latest_revision_created_at", "-pk")
    for page in pages.only("pk", "live", *columns, *blocks).iterator(chunk_size=500):
        texts = [str(getattr(page, name)) for name in columns]
        for name in blocks:
            stored = getattr(page, name).get_prep_value()
            texts += [without_tags(text) for text in strings_in(stored)]
        yield page.pk, page.live, "\n".join(texts)
