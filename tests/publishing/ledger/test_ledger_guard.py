"""The database refuses to change or delete a row of the ledger, by any means and after any migration."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from wagtail.models import Page

from site_core.ops.post_migrate import bring_up_to_date
from site_core.publishing.ledger.guard import (
    REFUSAL,
    TABLE,
    ledger_is_protected,
    protect_ledger,
    unprotect_ledger,
)
from site_core.publishing.ledger.publications import Cause, Publication
from tests import factories
from tests.publishing.ledger.unprotected import unprotected_ledger

STATEMENTS = [f"UPDATE {TABLE} SET title = 'Another'", f"DELETE FROM {TABLE}"]  # noqa: S608
if connection.vendor == "postgresql":
    STATEMENTS.append(f"TRUNCATE {TABLE} CASCADE")
committed = pytest.mark.django_db(transaction=True)


def is_refused(act: Any) -> bool:
    before = list(Publication.objects.order_by("pk").values())
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        assert REFUSAL in str(error)
        assert list(Publication.objects.order_by("pk").values()) == before
        return True
    return False


def all_is_refused() -> bool:
    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return all(is_refused(lambda statement=statement: run(statement)) for statement in STATEMENTS)


@pytest.mark.django_db
class TestRefusal:
    @pytest.fixture(autouse=True)
    def row(self) -> None:
        factories.AlertFactory()

    def test_of_raw_sql(self) -> None:
        assert all_is_refused()

    def test_of_a_queryset(self) -> None:
        assert is_refused(lambda: Publication.objects.update(title="Another"))
        assert is_refused(lambda: Publication.objects.all().delete())

    def test_of_a_row_saved_past_its_model(self) -> None:
        row = Publication.objects.latest("pk")
        assert is_refused(lambda: models.Model.save(row))

    def test_that_is_created_twice(self) -> None:
        protect_ledger()
        protect_ledger()
        assert all_is_refused()

    def test_that_only_a_flush_in_a_test_may_drop(self) -> None:
        with unprotected_ledger():
            assert not ledger_is_protected()
            Publication.objects.all().delete()
        assert ledger_is_protected()

    def test_that_is_missing_is_reported(self) -> None:
        assert "publishing.W002" not in {message.id for message in run_checks(databases=["default"])}
        unprotect_ledger()
        assert "publishing.W002" in {message.id for message in run_checks(databases=["default"])}
        protect_ledger()

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can disable a trigger")
    def test_that_is_disabled_is_repaired(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_no_update")
        assert not ledger_is_protected()
        bring_up_to_date()
        assert all_is_refused()


@pytest.fixture
def remade(db: None) -> Iterator[None]:
    """The ledger after a migration that changed a column. SQLite remakes the whole table for that."""
    before = Publication._meta.get_field("cause")
    after = models.CharField(max_length=40, choices=Cause)
    after.set_attributes_from_name("cause")
    after.model = Publication
    with connection.schema_editor() as editor:
        editor.alter_field(Publication, before, after)
    yield
    with connection.schema_editor() as editor:
        editor.alter_field(Publication, after, before)
    protect_ledger()


@committed
def test_it_refuses_after_a_migration_that_remade_the_table(remade: None) -> None:
    factories.AlertFactory()
    assert ledger_is_protected() is (connection.vendor == "postgresql")
    bring_up_to_date()
    assert all_is_refused()


@committed
def test_the_migration_can_be_reversed_and_opens_the_ledger_again(transactional_db: None) -> None:
    alert = factories.AlertFactory()
    title = Page.objects.get(depth=2).title
    call_command("migrate", "publishing", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    assert all_is_refused()
    assert {row.cause for row in Publication.objects.all()} == {Cause.FOUND}
    assert set(Publication.objects.values_list("title", flat=True)) == {title, alert.text}
    row = Publication.objects.of(alert).get()
    assert row.revision_id == alert.live_revision_id
    assert row.content
    assert row.content["text"] == alert.text
