"""The keys of Django's default cache, which every process has to itself.

The generation is part of each, so that a process never reads what it cached before a change that another one made.
"""

from itertools import count

from site_core.delivery import generation
from site_core.delivery.memory import is_set_aside

_never_again = count()


def key_of_this_generation(key: str, prefix: str, version: int) -> str:
    """Django's key function. What is about to be changed, or only previewed, gets a key that nobody finds again."""
    when = f"aside-{next(_never_again)}" if is_set_aside() else generation.number()
    return f"{prefix}:{version}:{when}:{key}"
