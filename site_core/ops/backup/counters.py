"""The numbers that a database gives to new rows.

A number is never given twice, not even that of a deleted row: the ledger, logs and links go on naming it. So a backup
holds the next number of each table, which may be far beyond its last row.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

# As SQLite and PostgreSQL name it themselves.
_SERIAL = "SELECT pg_get_serial_sequence(%s, %s)"


def next_number(table: str, column: str, connection: BaseDatabaseWrapper) -> int:
    """The number that the next new row gets."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT last_value + is_called::int FROM {_sequence(table, column, connection)}")  # noqa: S608
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        return int(row[0]) + 1 if row else 1


def set_next_number(table: str, column: str, number: int, connection: BaseDatabaseWrapper) -> None:
    """In the open transaction, and undone with it. `setval` of PostgreSQL would not be."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER SEQUENCE {_sequence(table, column, connection)} RESTART WITH {number:d}")
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1])


def _sequence(table: str, column: str, connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_SERIAL, [table, column])
        return str(cursor.fetchone()[0])
