"""What a process remembers between requests: the same answer for as long as the site has not changed.

What is being changed in this very transaction is neither memoized nor memoized from before: previews and the time
before a commit see what they would see without a memory.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.writes import is_changing

P = ParamSpec("P")
T = TypeVar("T")

# So many answers of one function are kept in one generation. What is asked for beyond them is asked for each time.
MOST_MEMOIZED = 1_000
_bypassed: ContextVar[bool] = ContextVar("bypass_cache", default=False)


def cache_is_bypassed() -> bool:
    """Whether this thread sees what no visitor may: nothing is then memoized, nor read from memory."""
    return _bypassed.get() or is_changing()


@contextmanager
def bypass_cache() -> Iterator[None]:
    """Inside, nothing is memoized: what a preview shows may never be public."""
    token = _bypassed.set(True)
    try:
        yield
    finally:
        _bypassed.reset(token)


def memoized(function: Callable[P, T]) -> Callable[P, T]:
    """Ask `function` once in each generation for each set of arguments, which must be hashable.

    The answer is shared by all threads, so nobody may change it.
    """
    # The generation and what was answered in it: replaced as one, so that no thread meets half of each.
    known: tuple[int, dict[object, T]] = (-1, {})

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal known
        if cache_is_bypassed():
            return function(*args, **kwargs)
        now = generation.number()
        made_in, answers = known
        if made_in != now:
            answers = {}
            known = (now, answers)
        key = (args, tuple(kwargs.items()))
        if key in answers:
            return answers[key]
        answer = function(*args, **kwargs)
        # Among the answers of the generation in which it was asked for: a change meanwhile has left those behind.
        if len(answers) < MOST_MEMOIZED:
            answers[key] = answer
        return answer

    return recall
