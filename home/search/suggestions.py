"""Names and titles to choose from while somebody types."""

from home.search.entries import TITLE, visible_entries
from home.search.matching import match_for
from home.search.names import best_by_name, everything_named, fitting_name
from home.search.words import words_in

MOST_SUGGESTIONS = 8
# One letter begins everything.
SHORTEST_TYPED = 2


def suggestions(typed: str) -> list[str]:
    """At most eight, in two queries: what goes by the words, by the name that has them, then titles that hold them."""
    words = words_in(typed)
    if len("".join(words)) < SHORTEST_TYPED:
        return []
    names = [fitting_name(words, obj) for obj in best_by_name(words, everything_named())]
    if len(names) >= MOST_SUGGESTIONS:
        return names[:MOST_SUGGESTIONS]
    in_title = visible_entries().filter(match_for(words).holding(only_in_title=True)).order_by("-pk")
    titles = in_title.values_list(TITLE, flat=True)[: 2 * MOST_SUGGESTIONS]
    return list(dict.fromkeys((*names, *titles)))[:MOST_SUGGESTIONS]
