"""“Did you mean”: the words that were looked for in vain, as the site itself spells them.

PostgreSQL gives the texts with words that share their groups of three letters (trigrams); SQLite, which has a small
site to serve, the newest texts. What is nearest among their words is worked out here, the same way for both.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Greatest

from home.search.entries import BODY, TITLE, visible_entries
from home.search.names import Named
from home.search.words import beginnings, folded
from site_core.taxonomy.models import Kind

# Shorter words have too many neighbors.
SHORTEST_MISSPELLED = 4
# Each costs a look at every known word.
MOST_MISSPELLED = 5
LIKENESS = 0.7
# Between a short word and what it may stand for, one letter more or less; between longer ones two.
LONGEST_SHORT = 6
MOST_TEXTS = {"postgresql": 200, "sqlite": 2_000}
# As far into a text as its words are learnt.
MOST_CHARACTERS = 4_000


def spelled(words: tuple[str, ...], objects: Sequence[Named]) -> tuple[str, ...]:
    """The same words, those that nothing on the site holds replaced by the nearest that something does."""
    known, written = _known_words(words, objects), _as_written(objects)
    nearest = ((word, _nearest(word, known)) for word in words[:MOST_MISSPELLED])
    corrected = [word if near == word else written.get(near, near) for word, near in nearest]
    return (*corrected, *words[MOST_MISSPELLED:])


def _known_words(words: tuple[str, ...], objects: Sequence[Named]) -> list[str]:
    """The words of all names, and of texts that any visitor may see; those of names first."""
    names = (word for obj in objects for name in obj.names for word in folded(name).split())
    texts = (word for text in _texts_like(words) for word in folded(text).split())
    return list(dict.fromkeys((*names, *texts)))


def _as_written(objects: Sequence[Named]) -> dict[str, str]:
    """The words of the names of places with their capitals: any other word may be written small."""
    written = (word for obj in objects if obj.kind == Kind.PLACE for word in obj.names[0].split())
    return {folded(word): word for word in written}


def _texts_like(words: tuple[str, ...]) -> Iterable[str]:
    entries: Any = visible_entries()
    if connection.vendor == "postgresql":
        alike, likeness = Q(), []
        for word in words[:MOST_MISSPELLED]:
            for field in (TITLE, BODY):
                alike |= Q(**{f"{field}__trigram_word_similar": word})
                likeness.append(TrigramWordSimilarity(word, field))
        entries = entries.filter(alike).order_by(Greatest(*likeness).desc(), "-pk")
    else:
        entries = entries.order_by("-pk")
    for title, body in entries.values_list(TITLE, BODY)[: MOST_TEXTS[connection.vendor]]:
        yield f"{title} {body[:MOST_CHARACTERS]}"


def _nearest(word: str, known: list[str]) -> str:
    """The word itself where it or a form of it is known, else the one most like it, else the word itself."""
    plain = folded(word)
    if " " in plain or len(plain) < SHORTEST_MISSPELLED or any(sign.isdigit() for sign in plain):
        return word
    if longer := [one for one in known if one.startswith(plain)]:
        return word if plain in longer else min(longer, key=len)
    if any(one.startswith(beginnings(plain)) for one in known):
        return word
    letters = 1 if len(plain) <= LONGEST_SHORT else 2
    near = [one for one in known if abs(len(one) - len(plain)) <= letters]
    return next(iter(get_close_matches(plain, near, n=1, cutoff=LIKENESS)), word)
