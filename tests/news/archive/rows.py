"""The rows of a file of press mentions."""

from pathlib import Path

from news.archive.columns import matched
from news.archive.reading import open_archive


def read(file: Path) -> list[dict[str, str]]:
    """The rows by field, as far as the columns are known by their names."""
    source = open_archive(file)
    columns = matched(source.columns, {})
    return [{name: record.cells[column] for name, column in columns.items()} for record in source.records]
