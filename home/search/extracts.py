"""A few words of a text around the first that was looked for, those words marked."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from home.search.words import beginnings, folded

LONGEST = 220
# So many characters may stand before the first word that was found.
BEFORE = 80
# Shorter words (“of”, “in”) are marked only where nothing longer was looked for.
SHORTEST_MARKED = 3
# What the index puts between the parts of a list, some of which are empty.
_COMMAS = re.compile(r"(?:\s*,){2,}")
_COMMA_AFTER_SENTENCE = re.compile(r"(?<=[.?!]),")


def extract(text: str, words: Iterable[str]) -> SafeString:
    """At most 220 characters, beginning and ending at a word; the text's beginning where it holds none of the words.

    Everything is escaped.
    """
    text = _COMMA_AFTER_SENTENCE.sub("", _COMMAS.sub(",", " ".join(text.split())))
    sought = _pattern(words)
    first = sought.search(text) if sought else None
    start = _beginning_of_word(text, first.start() - BEFORE) if first and first.end() > LONGEST else 0
    end = len(text) if start + LONGEST >= len(text) else text.rfind(" ", start + 1, start + LONGEST)
    end = end if end > start else start + LONGEST
    shown = text[start:end].strip(" ,;")
    before, after = ("… " if start else "", " …" if end < len(text) else "")
    return format_html("{}{}{}", before, _marked(shown, sought), after)


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether the text has one of the words."""
    sought = _pattern(words)
    return bool(sought and sought.search(text))


def marked(text: str, words: Iterable[str]) -> SafeString:
    """The whole text with the words marked."""
    return _marked(text, _pattern(words))


def _beginning_of_word(text: str, position: int) -> int:
    """The first at or after a position."""
    space = text.find(" ", max(position, 0))
    return space + 1 if space >= 0 else max(position, 0)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    forms: list[str] = []
    for word in words:
        plain = folded(word)
        forms += [re.escape(form) for form in beginnings(plain)] if plain == word.casefold() else [re.escape(word)]
    forms = [form for form in forms if len(form) >= SHORTEST_MARKED] or forms
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})\w*", re.IGNORECASE) if forms else None


def _marked(text: str, sought: re.Pattern[str] | None) -> SafeString:
    if sought is None:
        return format_html("{}", text)
    parts: list[SafeString] = []
    position = 0
    for found in sought.finditer(text):
        parts.append(format_html("{}<mark>{}</mark>", text[position : found.start()], found[0]))
        position = found.end()
    parts.append(format_html("{}", text[position:]))
    return format_html_join("", "{}", ((part,) for part in parts))
