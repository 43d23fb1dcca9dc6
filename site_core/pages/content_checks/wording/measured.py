"""The rules of wording that no list of words can state: they count, or look at the whole text."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from django.utils import timezone

from site_core.pages.content_checks.dates_meant import date_meant
from site_core.pages.content_checks.wording.sentences import COVER, Sentences
from site_core.pages.content_checks.words import reading_grade, relative_time_matches

# Where it begins and ends, and what to write instead, "" if only the author knows.
Marked: TypeAlias = Iterator[tuple[int, int, str]]
Limits: TypeAlias = Mapping[str, Any]

_PERCENTAGE = re.compile(r"\b(?!(?:100|0)(?:%| percent))\d{1,3}(?:[.,]\d{1,3})?(?:%| percent\b| per cent\b)")
_PERIOD = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:months?|weeks?|quarters?) (?:of|after|before|later|earlier)\b"
    r"|\b(?:first|second|third|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r" (?:months?|years?|weeks?)\b"
)
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]cross|[Aa]t|of|from|for|[Tt]hroughout|around) (?:the )?(?:(?:city|town|county|state) of )?"
    rf"(?!(?:{_MONTH})\b)[A-Z][a-z]"
    r"|(?<=[a-z,] )[A-Z][a-zö]{2,20}(?:’s|'s)|\b(?:nationwide|nationally|citywide|statewide|worldwide)\b"
)
_BASE = re.compile(
    r"%,? (?:(?:drop|decline|reduction|decrease|fall|fewer|less|increase|rise|lower|higher|more) (?:in )?)?of\b"
    r"|\b(?:among|of (?:the|all|those|people|residents|respondents|adults)|out of|per \d|compared (?:with|to)|than"
    r"|from [\w,]{1,12} (?:\w{1,12} ){0,3}(?:in \d{4} )?to|between)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<![\w.&/-])[A-Z]{2,6}s?(?![\w&/-])(?!\.\w)")
_DEFINED = re.compile(r"\(([A-Z]{2,6})s?\)|\b([A-Z]{2,6})s? \([A-Za-z]")
_CAPITALS_BESIDE = re.compile(r"[A-Z]{2,20}\b")
_WORD = re.compile(r"[A-Za-z’'-]{1,40}")
_WORDS_SHOWN = 6
# More letters do not change the grade of a text.
_LETTERS_RATED = 20_000


def defined_in(text: str) -> set[str]:
    """The abbreviations that a text explains: “Group Violence Intervention (GVI)”."""
    return {match.group(1) or match.group(2) for match in _DEFINED.finditer(text)}


def percentages(sentences: Sentences, limits: Limits, defined: Collection[str]) -> Marked:
    for match in _PERCENTAGE.finditer(sentences.text):
        if not all(sentences.has(pattern, match.start()) for pattern in (_BASE, _PERIOD, _PLACE)):
            yield (*match.span(), "")


def relative_times(sentences: Sentences, limits: Limits, defined: Collection[str]) -> Marked:
    today = timezone.localdate()
    for match in relative_time_matches(sentences.text):
        yield (*match.span(), date_meant(match.group(0), today))


def long_sentences(sentences: Sentences, limits: Limits, defined: Collection[str]) -> Marked:
    for start, end in sentences:
        sentence = sentences.text[start:end]
        if len(sentence) > limits["most"] and _is_longer(sentence, limits["most"]):
            yield start, _end_of_words(sentences.text, start), ""


def _is_longer(sentence: str, most: int) -> bool:
    return sum(1 for _ in zip(range(most + 1), _WORD.finditer(sentence), strict=False)) > most


def _end_of_words(text: str, start: int) -> int:
    """Where the first words end, which name a sentence."""
    end = start
    for _, word in zip(range(_WORDS_SHOWN), _WORD.finditer(text, start), strict=False):
        end = word.end()
    return end


def reading_grade_of_text(sentences: Sentences, limits: Limits, defined: Collection[str]) -> Marked:
    own = sentences.text[:_LETTERS_RATED].replace(COVER, "").replace("\n", ". ")
    if _is_longer(own, limits["least_words"]) and reading_grade(own) > limits["most"]:
        yield 0, _end_of_words(sentences.text, 0), ""


def abbreviations(sentences: Sentences, limits: Limits, defined: Collection[str]) -> Marked:
    known = {*limits["known"], *defined, *defined_in(sentences.text)}
    text = sentences.text
    for match in _ABBREVIATION.finditer(text):
        name = match.group(0).rstrip("s")
        # Words in capitals side by side are a name or a heading.
        beside = text[max(0, match.start() - 20) : match.start()].split(" ")[-2:-1]
        in_capitals = beside and len(beside[0]) > 1 and beside[0].isupper()
        is_state = len(name) == 2 and text[max(0, match.start() - 2) : match.start()] == ", "
        if name in known or in_capitals or is_state or _CAPITALS_BESIDE.match(text, match.end() + 1):
            continue
        known.add(name)
        yield (*match.span(), limits["spelled_out"].get(name, ""))


MEASURED: dict[str, Callable[[Sentences, Limits, Collection[str]], Marked]] = {
    "percentages": percentages,
    "relative_times": relative_times,
    "long_sentences": long_sentences,
    "reading_grade": reading_grade_of_text,
    "abbreviations": abbreviations,
}
