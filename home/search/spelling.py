"""“Did you mean”: replaces words that nothing holds by the most similar words of the site.

PostgreSQL finds the texts with similar words by trigrams. SQLite, which serves small sites only, gives the newest
texts. The most similar of their words are then chosen in Python, the same way for both.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Greatest

from home.search.entries import BODY, TITLE, visible_entries
from home.search.names import NamedObject
from home.search.words import folded, stems
from site_core.taxonomy.models import Kind

# Shorter words have too many similar ones.
MIN_LETTERS = 4
# Each further word is compared to every known word.
MAX_CORRECTED = 5
MIN_SIMILARITY = 0.7
# Up to this length, a replacement may be one letter longer or shorter. Beyond, it may be two.
SHORT_WORD = 6
MAX_TEXTS = {"postgresql": 200, "sqlite": 2_000}
# How many characters of a text are read.
MAX_CHARACTERS = 4_000


def corrected_words(words: tuple[str, ...], objects: Sequence[NamedObject]) -> tuple[str, ...]:
    """Return the words, with each unknown word replaced by the most similar known one."""
    known, capitalized = _known_words(words, objects), _capitalized_words(objects)
    similar = ((word, _most_similar(word, known)) for word in words[:MAX_CORRECTED])
    corrected = [word if found == word else capitalized.get(found, found) for word, found in similar]
    return (*corrected, *words[MAX_CORRECTED:])


def _known_words(words: tuple[str, ...], objects: Sequence[NamedObject]) -> list[str]:
    """Return the words of all names, then those of visible texts."""
    names = (word for obj in objects for name in obj.names for word in folded(name).split())
    texts = (word for text in _similar_texts(words) for word in folded(text).split())
    return list(dict.fromkeys((*names, *texts)))


def _capitalized_words(objects: Sequence[NamedObject]) -> dict[str, str]:
    """Return the words of place names as they are written, by folded word. All other words may be in lower case."""
    written = (word for obj in objects if obj.kind == Kind.PLACE for word in obj.names[0].split())
    return {folded(word): word for word in written}


def _similar_texts(words: tuple[str, ...]) -> Iterable[str]:
    entries = visible_entries()
    if connection.vendor == "postgresql":
        is_similar, similarities = Q(), []
        for word in words[:MAX_CORRECTED]:
            for field in (TITLE, BODY):
                is_similar |= Q(**{f"{field}__trigram_word_similar": word})
                similarities.append(TrigramWordSimilarity(word, field))
        entries = entries.filter(is_similar).order_by(Greatest(*similarities).desc(), "-pk")
    else:
        entries = entries.order_by("-pk")
    for title, body in entries.values_list(TITLE, BODY)[: MAX_TEXTS[connection.vendor]]:
        yield f"{title} {body[:MAX_CHARACTERS]}"


def _most_similar(word: str, known: list[str]) -> str:
    """Return the word itself if it or an inflection is known or nothing is similar, else the most similar word."""
    plain = folded(word)
    if " " in plain or len(plain) < MIN_LETTERS or any(char.isdigit() for char in plain):
        return word
    if longer := [each for each in known if each.startswith(plain)]:
        return word if plain in longer else min(longer, key=len)
    if any(each.startswith(stems(plain)) for each in known):
        return word
    letters = 1 if len(plain) <= SHORT_WORD else 2
    near = [each for each in known if abs(len(each) - len(plain)) <= letters]
    return next(iter(get_close_matches(plain, near, n=1, cutoff=MIN_SIMILARITY)), word)
