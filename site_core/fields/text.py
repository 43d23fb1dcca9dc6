"""Text that can be stored in any database and sent in any page, mail, feed or spreadsheet, and how it is compared."""

import re
import unicodedata
from typing import Literal

# Each ends a line for `str.splitlines`, and so for whatever writes the header of a mail.
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What XML has no place for: control characters, halves of a character, noncharacters. A byte order mark is no text.
_UNSENDABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# A tag of rich text must not become one character with an accent that follows it.
_BETWEEN_TAGS = re.compile("[^<>]+")
_TAB_OR_BREAK = re.compile("[\t\n]+")
# Soft hyphens, zero-width spaces and word joiners, and what joins or turns the letters of other scripts.
_NEEDLESS_IN_A_LINE = re.compile("[\u00ad\u200b\u2060]|(?<=[ -~])[\u200c-\u200f]+(?=[ -~])")

# As many marks on one letter as any language needs (the stream-safe form of UAX 15). The time in which they are put in
# order grows with the square of their number.
_MOST_MARKS = 30

_TAG = re.compile("<[a-zA-Z/!][^<>]*+>")

# Letters and signs that look like nothing at all.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")

_PLAIN_SIGNS = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("\u2010\u2011\u2012–—\u2015−", "-")
)


def clean_text(text: str, *, one_line: bool) -> str:
    """The text without what cannot be stored or sent, in one Unicode form (NFC). One line has no breaks, no tabs."""
    text = _UNSENDABLE.sub("", _LINE_BREAK.sub("\n", text))
    if one_line:
        text = _NEEDLESS_IN_A_LINE.sub("", _TAB_OR_BREAK.sub(" ", text))
    text = _with_few_marks(text)
    if unicodedata.is_normalized("NFC", text):
        return text
    return _BETWEEN_TAGS.sub(lambda part: unicodedata.normalize("NFC", part[0]), text)


def normal_form(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """Text in a form of Unicode, in time that grows with its length alone."""
    return unicodedata.normalize(form, _with_few_marks(text))


def _with_few_marks(text: str) -> str:
    """The text with no more marks on each letter than it can have."""
    if text.isascii():
        return text
    marks, kept = 0, []
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def without_tags(html: str) -> str:
    """HTML, or text with something like it, without tags. Django's `strip_tags` raises an error for hostile text."""
    return _TAG.sub("", html)


def is_visible(text: str) -> bool:
    """Whether a text has anything to see in it. Spaces and invisible characters have not."""
    return any(unicodedata.category(character)[0] in "LNPS" and character not in _BLANK for character in text)


def comparable(text: str) -> str:
    """The form in which two names or headlines are compared.

    Capitals do not count, nor do kinds of spaces, quotation marks and dashes, invisible characters, and ways to write
    an accent.
    """
    plain = normal_form("NFKC", text.translate(_PLAIN_SIGNS)).casefold()
    visible = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return " ".join(normal_form("NFC", visible).split())


def without_accents(text: str) -> str:
    """The form in which a name is looked for that somebody types without its accents, such as “Bogota”."""
    letters = normal_form("NFKD", comparable(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
