"""What the tests of the content loader do with its files and tables."""

from pathlib import Path

from django.db import connection


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Change the first place in a file where the text stands."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def row_counts() -> dict[str, int]:
    """How many rows every table of the database has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts
