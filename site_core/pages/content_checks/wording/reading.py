"""Marks the words of a text that a rule says something about, and says what to write instead.

It takes time in proportion to the length of the text, whatever stands in it: a megabyte is read in a second.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from site_core.pages.content_checks.wording.measured import MEASURED
from site_core.pages.content_checks.wording.rules import RULES, Rule
from site_core.pages.content_checks.wording.sentences import COVER, Sentences

# Nobody works through more of one rule in one text.
MOST_FOR_A_RULE = 100
_WORD = re.compile(r"\w+(?:[’'-]\w+){0,5}")
_NAME_FOLLOWS = re.compile(r"(?:'s|’s)? [A-Z]")


@dataclass(frozen=True)
class Finding:
    """Marked words, where they stand, and what to write instead. `write` is "" if only the author knows."""

    rule: Rule
    start: int
    end: int
    words: str
    write: str = ""

    @property
    def message(self) -> str:
        """The reason, and what to do."""
        remedy = f"Write “{self.write}.”" if self.write else self.rule.remedy
        return " ".join(filter(None, (f"“{self.words}”: {self.rule.why}", remedy)))


def findings_in(text: str, defined: Collection[str] = ()) -> list[Finding]:
    """What the rules mark in a text, in its order. `defined` are the abbreviations that are explained elsewhere."""
    sentences = Sentences(text)
    found = [*_phrases(sentences)]
    for rule in RULES.values():
        marked = _patterns(rule, sentences)
        if rule.measured:
            marked = MEASURED[rule.measured](sentences, rule.limits, defined)
        for _, (start, end, write) in zip(range(MOST_FOR_A_RULE), marked, strict=False):
            words = text[start:end].strip()
            if COVER in sentences.text[start:end]:
                continue
            found.append(Finding(rule, start, end, words, _as_written(words, write)))
    return _without_overlaps(found)


def _as_written(words: str, write: str) -> str:
    """The suggestion, with a capital letter where the marked words have one at their beginning."""
    return write[:1].upper() + write[1:] if words[:1].isupper() else write


def _without_overlaps(found: list[Finding]) -> list[Finding]:
    """Of two findings of one rule at the same words, the longer. Measured ones may hold others."""
    kept: list[Finding] = []
    ends: dict[str, int] = defaultdict(int)
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.start >= ends[finding.rule.id]:
            kept.append(finding)
            ends[finding.rule.id] = finding.end
    return kept


def _patterns(rule: Rule, sentences: Sentences) -> Iterator[tuple[int, int, str]]:
    for pattern in rule.patterns:
        for match in pattern.find.finditer(sentences.text):
            at = match.start()
            if not pattern.stands_at(sentences.text, at):
                continue
            if pattern.unless and sentences.has(pattern.unless, at):
                continue
            if pattern.needs and not sentences.has(pattern.needs, at):
                continue
            write = pattern.suggestion(match)
            if write is not None:
                yield match.start(), match.end(), write


def _phrases_by_first_word() -> dict[str, list[tuple[re.Pattern[str], Rule, str | None]]]:
    """The phrases of all rules by their first word, the longest first."""
    by_first = defaultdict(list)
    for rule in RULES.values():
        for phrase in sorted(rule.words, key=len, reverse=True):
            first, *rest = phrase.split(" ")
            pattern = re.compile(r" {1,2}".join(map(re.escape, [first, *rest])) + r"(?![\w-])", re.IGNORECASE)
            by_first[first].append((pattern, rule, rule.words[phrase]))
    return by_first


_PHRASES = _phrases_by_first_word()


def _phrases(sentences: Sentences) -> Iterator[Finding]:
    text, number, taken = sentences.text, 0, 0
    for word in _WORD.finditer(text):
        candidates = _PHRASES.get(word.group(0).lower())
        if candidates is None or word.start() < taken:
            continue
        for pattern, rule, write in candidates:
            if match := pattern.match(text, word.start()):
                taken = match.end()
                if write is not None and not _is_name(sentences, match):
                    number += 1
                    yield Finding(rule, *match.span(), match.group(0), _as_written(match.group(0), write))
                break
        if number == MOST_FOR_A_RULE:
            return


def _is_name(sentences: Sentences, match: re.Match[str]) -> bool:
    """Whether the words are part of a name, as in “Victims of Crime Act”: capitalized within a sentence."""
    text, start = sentences.text, match.start()
    if not text[start].isupper():
        return bool(_NAME_FOLLOWS.match(text, match.end())) and text[start - 1 : start] == "-"
    return not sentences.begins_at(start) or bool(_NAME_FOLLOWS.match(text, match.end()))
