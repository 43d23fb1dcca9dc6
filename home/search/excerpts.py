"""Excerpts of a text around the words of a search, with the words marked."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from home.search.words import folded, stems

MAX_LENGTH = 220
# How many characters may come before the first of the words.
CONTEXT_BEFORE = 80
# Shorter words (“of”, “in”) are marked only if no longer word was searched for.
MIN_MARKED = 3
_ENDED = re.compile(r"[.?!:;,…—][”’\")\]]*$")


def excerpt(text: str, words: Iterable[str]) -> SafeString:
    """Return at most 220 characters around the first of the words, or from the start if the text has none of them.

    It is escaped, and starts and ends at a word. Each line of the text, such as a heading, is a sentence of its own.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    text = " ".join(line if _ENDED.search(line) else f"{line}." for line in lines if line)
    pattern = _pattern(words)
    first = pattern.search(text) if pattern else None
    start = _next_word(text, first.start() - CONTEXT_BEFORE) if first and first.end() > MAX_LENGTH else 0
    end = len(text) if start + MAX_LENGTH >= len(text) else text.rfind(" ", start + 1, start + MAX_LENGTH)
    end = end if end > start else start + MAX_LENGTH
    shown = text[start:end].strip(" ,;")
    before, after = ("… " if start else "", " …" if end < len(text) else "")
    return format_html("{}{}{}", before, _marked(shown, pattern), after)


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether the text has one of the words."""
    pattern = _pattern(words)
    return bool(pattern and pattern.search(text))


def marked(text: str, words: Iterable[str]) -> SafeString:
    """Return the whole text, escaped, with the words marked."""
    return _marked(text, _pattern(words))


def _next_word(text: str, position: int) -> int:
    """Return the position of the first word that starts after a position."""
    space = text.find(" ", max(position, 0))
    return space + 1 if space >= 0 else max(position, 0)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    forms: list[str] = []
    for word in words:
        plain = folded(word)
        forms += [re.escape(form) for form in stems(plain)] if plain == word.casefold() else [re.escape(word)]
    forms = [form for form in forms if len(form) >= MIN_MARKED] or forms
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})\w*", re.IGNORECASE) if forms else None


def _marked(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    if pattern is None:
        return format_html("{}", text)
    parts: list[SafeString] = []
    position = 0
    for found in pattern.finditer(text):
        parts.append(format_html("{}<mark>{}</mark>", text[position : found.start()], found[0]))
        position = found.end()
    parts.append(format_html("{}", text[position:]))
    return format_html_join("", "{}", ((part,) for part in parts))
