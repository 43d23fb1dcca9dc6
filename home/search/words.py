"""The words of a search: split, folded and stemmed."""

import re
import unicodedata

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


def split_words(text: str) -> tuple[str, ...]:
    """Return the words without surrounding punctuation: “36.4” for “36.4%”, and nothing for “&”."""
    words = []
    for part in _HYPHEN_IN_A_RANGE.sub("–", searchable(text)).split():
        word = _POSSESSIVE.sub("", _EDGES.sub("", part))
        if folded(word):
            words.append(word)
    return tuple(words[:MAX_WORDS])


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
