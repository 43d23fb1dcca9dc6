"""The words of a query: as they were typed, as they are looked for, and what their other forms begin with."""

import re
import unicodedata

from site_core.search.backend import searchable

# More words only narrow a search down to nothing.
MOST_WORDS = 12
_SHORTEST_STEM = 4
# A range is written with a dash: “44–56%”. PostgreSQL would read the hyphen as a minus.
_HYPHEN_IN_A_RANGE = re.compile(r"(?<=\d)-(?=\d)")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_EDGES = re.compile(r"^\W+|\W+$")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_LONG_ENDING = re.compile(r"(?:ings?|ed|(?<=[sxz])es|(?<=[cs]h)es)$")


def words_in(text: str) -> tuple[str, ...]:
    """The words to look for, without the signs around them. “36.4%” is the word “36.4”; a lone “&” is none."""
    found = []
    for part in _HYPHEN_IN_A_RANGE.sub("–", searchable(text)).split():
        word = _POSSESSIVE.sub("", _EDGES.sub("", part))
        if folded(word):
            found.append(word)
    return tuple(found[:MOST_WORDS])


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case, one space between words: “malmo” for “Malmö”."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split())


def beginnings(word: str) -> tuple[str, ...]:
    """What the forms of a folded English word begin with: “shoot” for “shootings”, “city” and “citie” for “cities”.

    Shorter words stay as they are, because too many others begin like them.
    """
    if word.endswith("ies") and len(word) > _SHORTEST_STEM:
        return (f"{word[:-3]}y", word[:-1])
    if word.endswith("y") and len(word) >= _SHORTEST_STEM and word[-2] not in "aeiou":
        return (word, f"{word[:-1]}ie")
    stem = _LONG_ENDING.sub("", word)
    if stem == word and word.endswith("s") and not word.endswith("ss"):
        stem = word[:-1]
    stem = stem if len(stem) >= _SHORTEST_STEM else word
    return (_DOUBLED.sub(r"\1", stem) if stem != word else stem,)
