"""Puts the rows of a backup in the place of those in the database, inside the open transaction."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection

from site_core.ops.backup.columns import readers
from site_core.ops.backup.counters import set_next_number
from site_core.ops.backup.error import BackupError
from site_core.ops.backup.manifest import TableMember
from site_core.ops.backup.reading import Backup
from site_core.ops.backup.tables import BATCH_SIZE, INDEX_TABLES, tables_left_out
from site_core.publishing.ledger.guard import protect_ledger, unprotect_ledger

_DAMAGED_ROW = (ValueError, TypeError, ArithmeticError)


def load(backup: Backup, say: Callable[[str], object]) -> None:
    """Replace every row. Raises BackupError where the tables are others, or refuse a row."""
    _require_same_tables(backup)
    _empty()
    say(f"Loading {backup.manifest.rows:,} rows of {len(backup.manifest.tables)} tables")
    for table in backup.manifest.tables:
        try:
            _load_table(backup, table)
        except (DatabaseError, *_DAMAGED_ROW) as error:
            raise BackupError(f"The database does not take the rows of {table.table}: {_first_line(error)}") from error
    try:
        # Now, because PostgreSQL changes no table while foreign keys wait to be checked.
        connection.check_constraints()
    except DatabaseError as error:
        raise BackupError(f"Rows of the backup do not fit together: {_first_line(error)}") from error


def _require_same_tables(backup: Backup) -> None:
    expected = {table.table: {column.name for column in table.columns} for table in backup.manifest.tables}
    with connection.cursor() as cursor:
        for name, columns in expected.items():
            found = {column.name for column in connection.introspection.get_table_description(cursor, name)}
            if found != columns:
                raise BackupError(f"The table {name} of the database has other columns than that of the backup.")
    if others := _tables_to_empty() - expected.keys() - INDEX_TABLES:
        raise BackupError(f"The database has tables that the backup has not: {', '.join(sorted(others))}.")


def _tables_to_empty() -> set[str]:
    """All that the database has, without those that SQLite keeps its text index in."""
    left_out = tables_left_out() - INDEX_TABLES
    inside_index = tuple(f"{table}_" for table in INDEX_TABLES)
    found = set(connection.introspection.table_names()) - left_out
    return {name for name in found if name in INDEX_TABLES or not name.startswith(inside_index)}


def _empty() -> None:
    """Delete every row, those of the ledger too, whose triggers stand again afterwards."""
    names = [connection.ops.quote_name(name) for name in sorted(_tables_to_empty())]
    unprotect_ledger()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (our names)
    protect_ledger()


def _load_table(backup: Backup, table: TableMember) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.name) for column in table.columns)
    places = ", ".join(["%s"] * len(table.columns))
    insert = f"INSERT INTO {quote(table.table)} ({columns}) VALUES ({places})"  # noqa: S608 (our names)
    rows = _parameters(backup, table)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH_SIZE)):
            cursor.executemany(insert, batch)
        cursor.execute(f"SELECT count(*) FROM {quote(table.table)}")  # noqa: S608 (our names)
        if (found := cursor.fetchone()[0]) != table.rows:
            raise BackupError(f"{found} rows of {table.table} were loaded, and the backup has {table.rows}.")
    if table.counter:
        set_next_number(table.table, table.counter, table.next_number, connection)


def _parameters(backup: Backup, table: TableMember) -> Iterator[list[Any]]:
    read = readers(list(table.columns), connection)
    for row in backup.rows(table):
        yield [convert(value) for convert, value in zip(read, row, strict=True)]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
