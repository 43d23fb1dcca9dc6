"""Suggestions for a visitor who is typing in a search box."""

from home.search.entries import TITLE, visible_entries
from home.search.matching import match_for
from home.search.names import matching_name, named_objects, rank_by_name
from home.search.words import split_words

MAX_SUGGESTIONS = 8
# A single letter matches almost everything.
MIN_LETTERS = 2


def suggestions(typed: str) -> list[str]:
    """Return up to eight names that have the words, then titles that do. Runs two queries."""
    words = split_words(typed)
    if len("".join(words)) < MIN_LETTERS:
        return []
    names = [matching_name(words, obj) for obj in rank_by_name(words, named_objects())]
    if len(names) >= MAX_SUGGESTIONS:
        return names[:MAX_SUGGESTIONS]
    in_title = visible_entries().filter(match_for(words).condition(only_title=True)).order_by("-pk")
    titles = in_title.values_list(TITLE, flat=True)[: 2 * MAX_SUGGESTIONS]
    return list(dict.fromkeys((*names, *titles)))[:MAX_SUGGESTIONS]
