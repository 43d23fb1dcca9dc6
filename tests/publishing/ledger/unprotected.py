"""The ledger without its triggers, for tests that change its rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from site_core.publishing.ledger.guard import protect_ledger, unprotect_ledger


@contextmanager
def unprotected_ledger() -> Iterator[None]:
    unprotect_ledger()
    try:
        yield
    finally:
        protect_ledger()
