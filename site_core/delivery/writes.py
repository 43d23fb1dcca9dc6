"""Sees every write at the connection, so that bulk updates and raw SQL count, and moves the generation on commit.

Only COPY passes it by, which the site itself never uses.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.signals import connection_created
from django.db.models.functions import Now

from site_core.delivery import generation
from site_core.delivery.changes import CommittedChange, this_machine
from site_core.delivery.private_writes import is_private
from site_core.delivery.statements import only_reads, write_in

# The channel on which PostgreSQL tells other machines that there are new rows.
CHANNEL = "site_changed"
_TABLE = CommittedChange._meta.db_table


class Announcement:
    """Moves the generation on once a change is committed, and says in its row that it has."""

    def __init__(self, connection: Any, row: int | None) -> None:
        self.connection = connection
        self.row = row

    def __call__(self) -> None:
        generation.move_on()
        if self.row is not None:
            CommittedChange.objects.using(self.connection.alias).filter(pk=self.row).update(known_at=Now())


class WriteWatch:
    """Stands around every statement of one connection."""

    def __init__(self) -> None:
        self._has_table = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, parameters: Sequence[Any] | None, many: bool, context: Any
    ) -> Any:
        connection = context["connection"]
        if only_reads(sql) or _is_announced(connection) or self._is_private(sql, parameters, many, connection):
            return execute(sql, parameters, many, context)
        announcement = Announcement(connection, self._row(connection))
        if connection.in_atomic_block:
            transaction.on_commit(announcement, using=connection.alias, robust=True)
            return execute(sql, parameters, many, context)
        result = execute(sql, parameters, many, context)
        announcement()
        return result

    def _is_private(self, sql: str, parameters: Sequence[Any] | None, many: bool, connection: Any) -> bool:
        write = write_in(sql, () if many else parameters or ())
        return is_private(write, connection)

    def _row(self, connection: Any) -> int | None:
        """The number of a new row; None before the table of changes is there."""
        self._has_table = self._has_table or _TABLE in connection.introspection.table_names()
        if not self._has_table:
            return None
        new = f"INSERT INTO {_TABLE} (machine) VALUES (%s) RETURNING id, machine"  # noqa: S608 (our name)
        if connection.vendor == "postgresql":
            # PostgreSQL passes this on when, and only if, the transaction is committed.
            new = f"WITH new AS ({new}) SELECT id, pg_notify('{CHANNEL}', machine || ' ' || id) FROM new"  # noqa: S608
        # Past this watch, which would take it for a change.
        with connection.cursor() as cursor:
            cursor.cursor.execute(new, [this_machine()])
            return int(cursor.cursor.fetchone()[0])


def is_changing() -> bool:
    """Whether this thread has changed what visitors see and has not committed it."""
    return _is_announced(connections[DEFAULT_DB_ALIAS])


def _is_announced(connection: Any) -> bool:
    """Django forgets what was to be done on commit when a savepoint is rolled back, and so does this."""
    return connection.in_atomic_block and any(isinstance(one, Announcement) for _, one, _ in connection.run_on_commit)


def watch(connection: Any, **kwargs: Any) -> None:
    """Called for each new connection to the database. One that was lost and made again is watched already."""
    if connection.alias == DEFAULT_DB_ALIAS and not any(
        isinstance(wrapper, WriteWatch) for wrapper in connection.execute_wrappers
    ):
        connection.execute_wrappers.append(WriteWatch())


def connect() -> None:
    """Called once, when the apps are loaded."""
    connection_created.connect(watch, dispatch_uid="delivery.writes")
