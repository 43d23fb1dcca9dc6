"""What a process remembers between requests: the same answer for as long as the site has not changed.

What is being changed in this very transaction is neither remembered nor remembered from before: previews and the time
before a commit see what they would see without a memory.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from site_core.delivery import generation
from site_core.delivery.writes import is_changing

P = ParamSpec("P")
T = TypeVar("T")

# So many answers of one function are kept at most; then all are forgotten and asked for again.
MOST_KEPT = 1_000
_set_aside: ContextVar[bool] = ContextVar("set_aside", default=False)


def is_set_aside() -> bool:
    """Whether this thread sees what no visitor may: nothing is then remembered, nor read from memory."""
    return _set_aside.get() or is_changing()


@contextmanager
def set_aside() -> Iterator[None]:
    """Inside, nothing is remembered: what a preview shows may never be public."""
    token = _set_aside.set(True)
    try:
        yield
    finally:
        _set_aside.reset(token)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Ask `function` once in each generation for each set of arguments, which must be hashable.

    The answer is shared by all threads, so nobody may change it.
    """
    answers: dict[object, T] = {}
    made_in = -1

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal answers, made_in
        if is_set_aside():
            return function(*args, **kwargs)
        now = generation.number()
        if now != made_in or len(answers) >= MOST_KEPT:
            answers, made_in = {}, now
        known, key = answers, (args, tuple(kwargs.items()))
        if key not in known:
            # Into the set of answers that was begun before it was asked for: a change meanwhile leaves that behind.
            known[key] = function(*args, **kwargs)
        return known[key]

    return recall
