"""Watches every write on the database connection, and increments the generation on commit.

It sees bulk updates and raw SQL as well. It does not see COPY and stored procedures, which the site must not use.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.functions import Now
from django.db.models.signals import post_migrate, pre_migrate

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange
from site_core.page_cache.invalidation.machine import this_machine
from site_core.page_cache.invalidation.private_writes import is_draft_only, is_private
from site_core.page_cache.invalidation.sql import is_read_only, parse_write
from site_core.page_cache.invalidation.withdrawals import may_withdraw

# PostgreSQL notifies other machines of new rows on this channel.
CHANNEL = "site_changed"
_TABLE = CommittedChange._meta.db_table

# Django's signature.
Context = dict[str, Any]
Execute = Callable[[str, Any, bool, Context], Any]

logger = logging.getLogger(__name__)


class Announcement:
    """Increments the generation or withdraws after a commit, and marks the row of the change as known.

    `earlier` are those of the same transaction, which it makes too.
    """

    def __init__(
        self, connection: BaseDatabaseWrapper, row_id: int | None, withdraws: bool, earlier: "list[Announcement]"
    ) -> None:
        self.connection = connection
        self.row_id = row_id
        self.withdraws = withdraws
        self.earlier = earlier
        self.is_made = False

    def __call__(self) -> None:
        """Raises nothing, because the change is committed. The listener makes up for what fails here."""
        if self.is_made:
            return
        for one in self.earlier:
            one.is_made = True
        try:
            (generation.withdraw if self.withdraws else generation.increment)()
            if self.row_id is not None:
                rows = CommittedChange.objects.using(self.connection.alias)
                rows.filter(pk=self.row_id).update(known_at=Now())
        except (OSError, DatabaseError):
            logger.exception("A committed change was not announced on this machine.")


class WriteWatcher:
    """Wraps the execution of every statement on one connection."""

    # During a migration the table of changes may be created or dropped.
    is_migrating = False

    def __init__(self) -> None:
        self._has_table = False

    def __call__(self, execute: Execute, sql: str, parameters: Any, many: bool, context: Context) -> Any:
        connection = context["connection"]
        if is_read_only(sql) or _is_announced(connection, withdraws=True):
            return execute(sql, parameters, many, context)
        write = parse_write(sql, None if many else parameters)
        withdraws = may_withdraw(write)
        if (write and is_private(write)) or _is_announced(connection, withdraws=withdraws):
            return execute(sql, parameters, many, context)
        if not connection.in_atomic_block:
            return self._in_transaction(execute, sql, parameters, many, context)
        is_visible = write is None or not is_draft_only(write, connection)
        result = execute(sql, parameters, many, context)
        changed_nothing = write is not None and not write.inserts and context["cursor"].rowcount == 0
        if is_visible and not changed_nothing:
            if self.is_migrating or not self._has_table:
                self._has_table = _has_table(connection)
            announce(connection, withdraws=withdraws, has_table=self._has_table)
        return result

    def _in_transaction(self, execute: Execute, sql: str, parameters: Any, many: bool, context: Context) -> Any:
        """Runs the statement in a transaction, so that the row of the change is committed together with it."""
        connection, cursor, returned = context["connection"], context["cursor"], []
        with transaction.atomic(using=connection.alias):
            result = self(execute, sql, parameters, many, context)
            if connection.vendor == "sqlite" and cursor.description:
                # SQLite cannot commit before the rows that a statement returns are fetched.
                returned = cursor.fetchall()
        if returned:
            # The caller fetches them from this query instead.
            row = ", ".join(["%s"] * len(returned[0]))
            rows = ", ".join([f"({row})"] * len(returned))
            execute(f"VALUES {rows}", [value for one in returned for value in one], False, context)
        return result


def announce(connection: BaseDatabaseWrapper, *, withdraws: bool = False, has_table: bool = True) -> None:
    """Registers an Announcement before all other on_commit callbacks, some of which take long or fail."""
    earlier = _announcements(connection)
    row_id = earlier[0].row_id if earlier else None
    if has_table and (withdraws or row_id is None):
        row_id = _write_row(connection, row_id, withdraws)
    callback: Any = (set(connection.savepoint_ids), Announcement(connection, row_id, withdraws, earlier), False)
    connection.run_on_commit.insert(0, callback)


def invalidate(*, withdraws: bool = False) -> None:
    """Increments the generation on commit, for a change that no write shows, such as a rebuilt index.

    With `withdraws`, nothing that was rendered before is served again.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic():
        # One that only increments would take the place of one that withdraws.
        if not _is_announced(connection, withdraws=withdraws):
            announce(connection, withdraws=withdraws)


def is_changing() -> bool:
    """Whether this thread has an open transaction that changes what visitors see."""
    return _is_announced(connections[DEFAULT_DB_ALIAS])


def _is_announced(connection: BaseDatabaseWrapper, *, withdraws: bool = False) -> bool:
    """Whether the open transaction has an Announcement, and one that withdraws where that is asked for."""
    return any(one.withdraws >= withdraws for one in _announcements(connection))


def _announcements(connection: BaseDatabaseWrapper) -> list[Announcement]:
    """Those of the open transaction. Django drops the callbacks of a savepoint that is rolled back."""
    callbacks = connection.run_on_commit if connection.in_atomic_block else []
    return [one[1] for one in callbacks if isinstance(one[1], Announcement)]


def _has_table(connection: BaseDatabaseWrapper) -> bool:
    """Whether the table of changes is there with all its columns. A migration may be about to add them."""
    if _TABLE not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, _TABLE)}
    return columns >= {field.column for field in CommittedChange._meta.concrete_fields}


def _write_row(connection: BaseDatabaseWrapper, row_id: int | None, withdraws: bool) -> int:
    """Inserts a CommittedChange, or notes in the row of this transaction that it withdraws, and returns its ID.

    PostgreSQL notifies the other machines on commit.
    """
    payload = "machine || ' ' || id || ' ' || withdraws::int"
    notify = f", pg_notify('{CHANNEL}', {payload})" if connection.vendor == "postgresql" else ""
    parameters: list[bool | int | str] = [withdraws, this_machine() if row_id is None else row_id]
    insert = f"INSERT INTO {_TABLE} (withdraws, machine) VALUES (%s, %s)"  # noqa: S608 (our names)
    update = f"UPDATE {_TABLE} SET withdraws = %s WHERE id = %s"  # noqa: S608 (our names)
    with connection.cursor() as cursor:
        cursor.execute(f"{insert if row_id is None else update} RETURNING id{notify}", parameters)
        return int(cursor.fetchone()[0])


def watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Receiver of connection_created. A connection that is opened again keeps its watcher."""
    wrappers = connection.execute_wrappers
    if connection.alias == DEFAULT_DB_ALIAS and not any(isinstance(one, WriteWatcher) for one in wrappers):
        # At the start, because Django removes the last one at the end of an execute_wrapper block.
        wrappers.insert(0, WriteWatcher())


def connect() -> None:
    """Called once, when the apps are loaded."""
    connection_created.connect(watch, dispatch_uid="page_cache.writes")
    pre_migrate.connect(_before_migration, dispatch_uid="page_cache.writes")
    post_migrate.connect(_after_migration, dispatch_uid="page_cache.writes")


def _before_migration(**kwargs: object) -> None:
    WriteWatcher.is_migrating = True


def _after_migration(**kwargs: object) -> None:
    WriteWatcher.is_migrating = False
