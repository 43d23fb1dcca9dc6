"""What PostgreSQL needs for the search, made by a migration. On SQLite each step does nothing."""

from typing import Any

from django.contrib.postgres.operations import CreateExtension
from django.core.management import CommandError
from django.db import ProgrammingError

INDEX_TABLE = "wagtailsearch_indexentry"
# English with accents left out. It has no data of its own, so it can be made anew as often as needed.
_CONFIG = "TEXT SEARCH CONFIGURATION"
_MAKE_CONFIG = (
    f"DROP {_CONFIG} IF EXISTS site_english",
    f"CREATE {_CONFIG} site_english (COPY = pg_catalog.english)",
    f"ALTER {_CONFIG} site_english ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem",
)
# What the search asks of the index: without the first, every row is read for each search. The others have the names
# that modelsearch's own command `enable_trigram` would give them.
_INDEXES = {
    "search_title_and_body": "(title || body)",
    "modelsearch_title_text_trgm": "title_text gin_trgm_ops",
    "modelsearch_body_text_trgm": "body_text gin_trgm_ops",
}


class CreateExtensionWithHint(CreateExtension):
    """Creates an extension. A role that may not is told what a superuser has to do, once."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Raises CommandError where the extension is missing and cannot be created."""
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except ProgrammingError as error:
            raise CommandError(
                f"The site's search needs the PostgreSQL extension {self.name}, and this role may not create it. "
                f"Let a superuser run CREATE EXTENSION {self.name}; in the database, then migrate again."
            ) from error


def make_english_without_accents(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in _MAKE_CONFIG:
            schema_editor.execute(statement)


def make_indexes(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in _INDEXES.items():
            schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {INDEX_TABLE} USING gin ({columns})")


def drop_indexes(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
