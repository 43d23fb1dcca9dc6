"""Walks through content as a StreamField and the ledger hold it: objects and lists in one another."""

from collections.abc import Iterable, Iterator, Mapping


def strings_in(value: object) -> Iterator[str]:
    """Every string, in order. The names in objects are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from strings_in(inner)
