"""Lets what a test changed count as committed, so that a process remembers it as it would on the real site, and undoes
what one of several trials in a test has changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.writes import Announcement


@contextmanager
def counted_as_committed() -> Iterator[None]:
    """A test stands in a transaction that is never committed, in which nothing is memoized. Here it is.

    What is memoized is forgotten in the end, because it is about to be rolled back.
    """
    waiting = connection.run_on_commit
    connection.run_on_commit = [one for one in waiting if not isinstance(one[1], Announcement)]
    generation.increment()
    try:
        yield
    finally:
        connection.run_on_commit = waiting + [one for one in connection.run_on_commit if one not in waiting]
        generation.increment()


def queries_of(client: Client, address: str) -> int:
    """What a visit costs once the process remembers what it may."""
    # What a first visit makes, such as the row of a setting, is there before anything is counted. It makes that anew,
    # whatever the process remembers of another test.
    generation.increment()
    client.get(address)
    with counted_as_committed():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
    return len(queries)


@contextmanager
def undone() -> Iterator[None]:
    """What is changed inside is as it was before when it ends. Objects that were read before are to be read again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
