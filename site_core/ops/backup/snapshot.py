"""A block in which the database looks the same throughout, while others go on writing to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """One transaction that only reads. It keeps nobody from writing, and what it is asked to write fails."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Every other transaction of the site begins as a writing one, and would have all writers wait for its end.
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            try:
                # SQLite takes its snapshot at the first row that is read.
                cursor.execute("SELECT count(*) FROM django_migrations")
                cursor.fetchone()
                yield
            finally:
                cursor.execute("PRAGMA query_only = OFF")
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
