"""The words of a search: split, folded and stemmed."""

import re
import unicodedata
from collections.abc import Iterable

from site_core.search.queries import searchable

# Words that must all be found. A search for more would find nothing, so further ones are left out.
MAX_WORDS = 12
_MIN_STEM = 4
# A range is stored with a dash (“44–56%”). PostgreSQL reads a hyphen as a minus sign.
_HYPHEN_IN_A_RANGE = re.compile(r"(?<=\d)-(?=\d)")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_EDGES = re.compile(r"^\W+|\W+$")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_LONG_ENDING = re.compile(r"(?:ings?|ed|(?<=[sxz])es|(?<=[cs]h)es)$")


def _each_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that say nothing about what a visitor looks for.
_FUNCTION_WORDS = _each_of(
    "a about all am an and any are as at be been but by can could did do does for from had has have he her his how i "
    "if in is it its me my of on or our out please she should so some than that the their them there these they this "
    "those to us was we were what when where which who whom whose why will with would you your"
)
_QUESTION_WORDS = _each_of("how what when where which who whom whose why can could do does did is are should")
# Words that only ask in a question: “how does it work”, “what happens at a call-in”, “where do I find the guide”.
_ASKING_WORDS = _each_of(
    "find get gets give go goes happen happened happening happens know learn look mean means need needs see start "
    "started tell use used uses want work works"
)


def split_words(text: str) -> tuple[str, ...]:
    """Return the words without surrounding punctuation: “36.4” for “36.4%”, and nothing for “&”."""
    words = []
    for part in _HYPHEN_IN_A_RANGE.sub("–", searchable(text)).split():
        word = _POSSESSIVE.sub("", _EDGES.sub("", part))
        if folded(word):
            words.append(word)
    return tuple(words[:MAX_WORDS])


def content_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that carry the meaning: “call-in” of “what happens at a call-in”.

    Where nothing else is left, less is dropped: “work” of “how does it work”, and all of “about us”.
    """
    words = tuple(words)
    is_question = not _QUESTION_WORDS.isdisjoint(folded(word) for word in words)
    carrying = tuple(word for word in words if folded(word) not in _FUNCTION_WORDS)
    asked_about = tuple(word for word in carrying if not (is_question and folded(word) in _ASKING_WORDS))
    return asked_about or carrying or words


def folded(text: str) -> str:
    """Return the letters and digits in lower case, without accents, with single spaces: “malmo” for “Malmö”."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain.casefold()).split())


def stems(word: str) -> tuple[str, ...]:
    """Return the starts of all inflections of a folded English word.

    “shoot” for “shootings”, “city” and “citie” for “cities”. A short word is its own stem, because too many other
    words start with its stem.
    """
    if word.endswith("ies") and len(word) > _MIN_STEM:
        return (f"{word[:-3]}y", word[:-1])
    if word.endswith("y") and len(word) >= _MIN_STEM and word[-2] not in "aeiou":
        return (word, f"{word[:-1]}ie")
    stem = _LONG_ENDING.sub("", word)
    if stem == word and word.endswith("s") and not word.endswith("ss"):
        stem = word[:-1]
    stem = stem if len(stem) >= _MIN_STEM else word
    return (_DOUBLED.sub(r"\1", stem) if stem != word else stem,)
