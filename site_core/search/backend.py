"""The search backend of the settings: that of the database in use, for any text that people type."""

from django.db import connection

from site_core.search.queries import CleanedQueries


def SearchBackend(params: dict[str, object]) -> CleanedQueries:
    """The search backend of the database in use. modelsearch calls it by this name."""
    # Each module can be imported only once the index models are loaded.
    if connection.vendor == "postgresql":
        from site_core.search.postgresql import PostgreSQLBackend

        return PostgreSQLBackend(params)
    from site_core.search.sqlite import SQLiteBackend

    return SQLiteBackend(params)
