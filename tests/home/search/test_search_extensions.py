"""What PostgreSQL needs for the search. On SQLite the migration does nothing, or every test there would fail."""

import pytest
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.state import ProjectState

from home.search.extensions import CreateExtensionWithHint

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL has extensions."),
]

MISSING = "citext"


def create(extension: str) -> None:
    with connection.schema_editor(atomic=False) as editor:
        CreateExtensionWithHint(extension).database_forwards("home", editor, ProjectState(), ProjectState())


def test_one_that_is_there_is_left_alone() -> None:
    create("unaccent")


def test_a_role_that_may_not_create_one_is_told_what_to_do() -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("CREATE ROLE without_rights")
        cursor.execute("SET LOCAL ROLE without_rights")
        with pytest.raises(CommandError, match=f"superuser run CREATE EXTENSION {MISSING};"), transaction.atomic():
            create(MISSING)
        transaction.set_rollback(True)


def test_full_text_search_and_misspelled_words_have_their_indexes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'wagtailsearch_indexentry'")
        indexes = " ".join(row[0] for row in cursor.fetchall())
    assert "gin (((title || body)))" in indexes
    assert "gin (title_text gin_trgm_ops)" in indexes and "gin (body_text gin_trgm_ops)" in indexes
