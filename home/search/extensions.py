"""Operations of the migration that prepares PostgreSQL for the search. On SQLite they do nothing."""

from django.contrib.postgres.operations import CreateExtension
from django.core.management import CommandError
from django.db import ProgrammingError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

INDEX_TABLE = "wagtailsearch_indexentry"
# English without accents. The configuration holds no data, so the migration can drop and create it again.
_CONFIG = "TEXT SEARCH CONFIGURATION"
_MAKE_CONFIG = (
    f"DROP {_CONFIG} IF EXISTS site_english",
    f"CREATE {_CONFIG} site_english (COPY = pg_catalog.english)",
    f"ALTER {_CONFIG} site_english ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem",
)
# The indexes of the search. Without the first, each search reads every row. The others have the names that the command
# `enable_trigram` of modelsearch gives them.
_INDEXES = {
    "search_title_and_body": "(title || body)",
    "modelsearch_title_text_trgm": "title_text gin_trgm_ops",
    "modelsearch_body_text_trgm": "body_text gin_trgm_ops",
}


class CreateExtensionWithHint(CreateExtension):
    """Creates an extension. If the role may not, the error says what a superuser has to do."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Raise CommandError if the extension is missing and the role may not create it."""
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except ProgrammingError as error:
            raise CommandError(
                f"The site's search needs the PostgreSQL extension {self.name}, and this role may not create it. "
                f"Let a superuser run CREATE EXTENSION {self.name}; in the database, then migrate again."
            ) from error


def make_english_without_accents(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in _MAKE_CONFIG:
            schema_editor.execute(statement)


def make_indexes(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in _INDEXES.items():
            schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {INDEX_TABLE} USING gin ({columns})")


def drop_indexes(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
