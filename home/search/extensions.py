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
# Under the names that modelsearch's own command `enable_trigram` would give them.
_TRIGRAM_INDEXES = {"modelsearch_title_text_trgm": "title_text", "modelsearch_body_text_trgm": "body_text"}


class CreateExtensionOrSayHow(CreateExtension):
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


def make_trigram_indexes(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, column in _TRIGRAM_INDEXES.items():
            schema_editor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {INDEX_TABLE} USING gin ({column} gin_trgm_ops)"
            )


def drop_trigram_indexes(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in _TRIGRAM_INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
