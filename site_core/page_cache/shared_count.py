"""Counts that all processes share, such as the attempts of a network."""

from django.core.cache import cache


def increment(key: str, seconds: int, by: int = 1) -> int:
    """Add to the count of a key and return it. It begins anew `seconds` after its first increment."""
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key, by))
    except ValueError:
        # It has expired since.
        return 1
