"""Sees every write at the connection, so that bulk updates and raw SQL count, and moves the generation on commit.

Only COPY and stored procedures pass it by, which the site never uses.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.signals import connection_created
from django.db.models.functions import Now
from django.db.models.signals import post_migrate, pre_migrate

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange, this_machine
from site_core.page_cache.invalidation.private_writes import is_of_drafts_alone, is_private
from site_core.page_cache.invalidation.sql import only_reads, write_in

# The channel on which PostgreSQL tells other machines that there are new rows.
CHANNEL = "site_changed"
_TABLE = CommittedChange._meta.db_table

logger = logging.getLogger(__name__)


class Announcement:
    """Moves the generation on once a change is committed, and says in its row that it has."""

    def __init__(self, connection: Any, row: int | None) -> None:
        self.connection = connection
        self.row = row

    def __call__(self) -> None:
        """What is committed stays so: whatever fails here is made up for by who follows the rows."""
        try:
            generation.increment()
            if self.row is not None:
                rows = CommittedChange.objects.using(self.connection.alias)
                rows.filter(pk=self.row).update(known_at=Now())
        except (OSError, DatabaseError):
            logger.exception("A committed change was not announced on this machine.")


class WriteWatch:
    """Stands around every statement of one connection."""

    # While the database is migrated the table of changes may come and go.
    is_migrating = False

    def __init__(self) -> None:
        self._has_table = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, parameters: Sequence[Any] | None, many: bool, context: Any
    ) -> Any:
        connection = context["connection"]
        if only_reads(sql) or _is_announced(connection):
            return execute(sql, parameters, many, context)
        write = write_in(sql, None if many else parameters)
        if write and is_private(write):
            return execute(sql, parameters, many, context)
        if not connection.in_atomic_block:
            return self._in_transaction(execute, sql, parameters, many, context)
        is_seen = write is None or not is_of_drafts_alone(write, connection)
        result = execute(sql, parameters, many, context)
        changed_nothing = write is not None and not write.inserts and context["cursor"].rowcount == 0
        if is_seen and not changed_nothing:
            if self.is_migrating or not self._has_table:
                self._has_table = _TABLE in connection.introspection.table_names()
            announce(connection, _new_row(connection) if self._has_table else None)
        return result

    def _in_transaction(self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        """The row that tells of a change must be committed with it, neither before nor after."""
        connection, cursor, returned = context["connection"], context["cursor"], []
        with transaction.atomic(using=connection.alias):
            result = self(execute, sql, parameters, many, context)
            if connection.vendor == "sqlite" and cursor.description:
                # It commits nothing before all that the statement returns has been fetched.
                returned = cursor.fetchall()
        if returned:
            # For whoever ran the statement to fetch.
            row = ", ".join(["%s"] * len(returned[0]))
            rows = ", ".join([f"({row})"] * len(returned))
            execute(f"VALUES {rows}", [value for one in returned for value in one], False, context)
        return result


def announce(connection: Any, row: int | None) -> None:
    """Have it announced after the commit, before whatever else waits for that: some of it takes long, or fails."""
    connection.run_on_commit.insert(0, (set(connection.savepoint_ids), Announcement(connection, row), False))


def invalidate() -> None:
    """Move the generation on for what no write tells of, such as an index that was made anew."""
    with transaction.atomic():
        connection = connections[DEFAULT_DB_ALIAS]
        announce(connection, _new_row(connection))


def is_changing() -> bool:
    """Whether this thread has changed what visitors see and has not committed it."""
    return _is_announced(connections[DEFAULT_DB_ALIAS])


def _is_announced(connection: Any) -> bool:
    """Django forgets what was to be done on commit when a savepoint is rolled back, and so does this."""
    return connection.in_atomic_block and any(isinstance(one, Announcement) for _, one, _ in connection.run_on_commit)


def _new_row(connection: Any) -> int:
    """The number of a row that tells the other machines, once it is committed."""
    told = f", pg_notify('{CHANNEL}', machine || ' ' || id)" if connection.vendor == "postgresql" else ""
    new = f"INSERT INTO {_TABLE} (machine) VALUES (%s) RETURNING id{told}"  # noqa: S608 (our names)
    with connection.cursor() as cursor:
        cursor.execute(new, [this_machine()])
        return int(cursor.fetchone()[0])


def watch(connection: Any, **kwargs: Any) -> None:
    """Called for each new connection to the database. One that was lost and made again is watched already."""
    wrappers = connection.execute_wrappers
    if connection.alias == DEFAULT_DB_ALIAS and not any(isinstance(one, WriteWatch) for one in wrappers):
        # Django takes the last one off again, where it was put on for a while.
        wrappers.insert(0, WriteWatch())


def connect() -> None:
    """Called once, when the apps are loaded."""
    connection_created.connect(watch, dispatch_uid="delivery.writes")
    pre_migrate.connect(_migration_begins, dispatch_uid="delivery.writes")
    post_migrate.connect(_migration_ends, dispatch_uid="delivery.writes")


def _migration_begins(**kwargs: Any) -> None:
    WriteWatch.is_migrating = True


def _migration_ends(**kwargs: Any) -> None:
    WriteWatch.is_migrating = False
