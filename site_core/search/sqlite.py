"""Search on SQLite, with its full-text index (FTS5)."""

from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

from site_core.search.queries import CleanedQueries


class SQLiteBackend(CleanedQueries, SQLiteSearchBackend):
    pass
