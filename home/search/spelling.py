"""“Did you mean”: corrects words toward names.

A word of an English dictionary is never corrected: “cost” is not “post”. Any other word may be a misspelled word of a
name. Where a search finds something as it was typed, the correction is only offered. Where it finds nothing, words
that no text of the site has are replaced.

PostgreSQL finds the similar titles by trigrams. SQLite, which serves small sites only, gives the newest titles. The
most similar of their words are then chosen in Python, the same way for both.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache

from django.db import connection
from django.db.models import Q

from home.search.entries import TITLE, visible_entries
from home.search.matching import match_for
from home.search.names import NamedObject, named_publishers
from home.search.words import folded, stems
from site_core.taxonomy.models import Kind

# Shorter words have too many similar ones.
MIN_LETTERS = 4
# Each further word is compared to every known word.
MAX_CORRECTED = 5
MIN_SIMILARITY = 0.7
# What is offered above results needs a better reason.
MIN_SIMILARITY_OF_OFFER = 0.8
# Up to this length, a replacement may be one letter longer or shorter. Beyond, it may be two.
SHORT_WORD = 6
MAX_TITLES = {"postgresql": 200, "sqlite": 2_000}


def corrected_words(words: tuple[str, ...], objects: Sequence[NamedObject]) -> tuple[str, ...]:
    """Return the words, with those that neither English nor the site knows replaced by the most similar of a name."""
    unknown = [word for word in _correctable(words) if not _stands_in_a_text(word)]
    if not unknown:
        return words
    names = _words_of_names(objects)
    titles = (word for title in _similar_titles(unknown) for word in folded(title).split())
    known = list(dict.fromkeys((*names, *titles)))
    replacements = {word: _completion(word, known) or _similar(word, known, MIN_SIMILARITY) for word in unknown}
    return _replaced(words, replacements, names)


def offered_words(words: tuple[str, ...], objects: Sequence[NamedObject]) -> tuple[str, ...]:
    """Return the words, with those that are almost a word of a name replaced by it."""
    if not (correctable := _correctable(words)):
        return words
    names = _words_of_names(objects)
    replacements = {
        word: _similar(word, names, MIN_SIMILARITY_OF_OFFER) for word in correctable if not _completion(word, names)
    }
    return _replaced(words, replacements, names)


def _correctable(words: tuple[str, ...]) -> list[str]:
    """Return the words that may be misspelled names: those that are long enough and not English."""
    return [word for word in words[:MAX_CORRECTED] if _is_long_enough(word) and not _is_english(word)]


def _is_long_enough(word: str) -> bool:
    return len(word) >= MIN_LETTERS and not any(char.isdigit() for char in word)


def _is_english(word: str) -> bool:
    """Whether a word or its singular is in the dictionary; of a word with a hyphen, each part."""
    return all(not _english_words().isdisjoint((part, *stems(part))) for part in folded(word).split())


@cache
def _english_words() -> frozenset[str]:
    """Return the words by which zxcvbn guesses passwords: those of Wikipedia and of films, and frequent names."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset().union(*FREQUENCY_LISTS.values())


def _stands_in_a_text(word: str) -> bool:
    """Whether something visible has the whole word or an inflection of it."""
    return visible_entries().filter(match_for([word], whole=True).condition()).exists()


def _words_of_names(objects: Sequence[NamedObject]) -> dict[str, str]:
    """Return the words of all names by folded word: as written for places and publishers, "" for the others."""
    proper = [name for obj in objects if obj.kind == Kind.PLACE for name in obj.names]
    proper += [names[0] for _, names in named_publishers()]
    words = {folded(word): word for word in " ".join(proper).split()}
    others = (folded(word) for obj in objects for name in obj.names for word in name.split())
    return {word: words.get(word, "") for word in (*words, *others) if len(word) >= MIN_LETTERS}


def _similar_titles(words: Iterable[str]) -> Iterable[str]:
    entries = visible_entries()
    if connection.vendor == "postgresql":
        is_similar = Q()
        for word in words:
            is_similar |= Q(**{f"{TITLE}__trigram_word_similar": word})
        entries = entries.filter(is_similar)
    return entries.order_by("-pk").values_list(TITLE, flat=True)[: MAX_TITLES[connection.vendor]]


def _completion(word: str, known: Iterable[str]) -> str:
    """Return the shortest known word that begins as the word does or has the same stem, or ""."""
    starts = (folded(word), *stems(folded(word)))
    return min((each for each in known if each.startswith(starts)), key=len, default="")


def _similar(word: str, known: Iterable[str], cutoff: float) -> str:
    """Return the most similar known word, or ""."""
    plain = folded(word)
    letters = 1 if len(plain) <= SHORT_WORD else 2
    near = [each for each in known if abs(len(each) - len(plain)) <= letters]
    return next(iter(get_close_matches(plain, near, n=1, cutoff=cutoff)), "")


def _replaced(words: tuple[str, ...], replacements: dict[str, str], names: dict[str, str]) -> tuple[str, ...]:
    """Return the words with their replacements, which begin with a capital as in the name or as the word did."""
    found = {
        word: names.get(replacement) or (replacement.capitalize() if word[0].isupper() else replacement)
        for word, replacement in replacements.items()
        if replacement
    }
    return tuple(found.get(word, word) for word in words)
