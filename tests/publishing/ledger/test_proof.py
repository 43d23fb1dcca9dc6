"""A row of the ledger that was changed, deleted or inserted is found, even past the triggers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from site_core.publishing.ledger.guard import FUNCTION, REFUSAL, TABLE, ledger_is_protected
from site_core.publishing.ledger.proof import breaks
from site_core.publishing.ledger.publications import Cause, Publication
from tests import factories
from tests.publishing.ledger.unprotected import unprotected_ledger

pytestmark = pytest.mark.django_db
IS_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def rows(settings: Any) -> list[Publication]:
    """Five rows in the ledger."""
    # Inside the transaction of a test, the site's own cache keeps nothing.
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    factories.AlertFactory.create_batch(5)
    return list(Publication.objects.order_by("pk"))


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def third() -> int:
    return Publication.objects.order_by("pk").values_list("pk", flat=True)[2]


def change_a_row() -> None:
    with unprotected_ledger():
        Publication.objects.filter(pk=third()).update(title="Another")


def change_the_content() -> None:
    with unprotected_ledger():
        row = Publication.objects.get(pk=third())
        Publication.objects.filter(pk=row.pk).update(content={**(row.content or {}), "text": "Another"})


def change_who_did_it_and_when() -> None:
    with unprotected_ledger():
        Publication.objects.filter(pk=third()).update(by="Another", at=timezone.now() - timedelta(minutes=1))


def pretend_that_it_was_erased() -> None:
    with unprotected_ledger():
        Publication.objects.filter(pk=third()).update(title="(erased)", erased={"title": "0" * 64})


def delete_a_row() -> None:
    with unprotected_ledger():
        Publication.objects.filter(pk=third()).delete()


def delete_the_newest_row() -> None:
    assert breaks() == []
    with unprotected_ledger():
        Publication.objects.filter(pk=Publication.objects.latest("pk").pk).delete()


def replace_a_row() -> None:
    """As SQLite does past the triggers of a connection that does not ask for them."""
    with unprotected_ledger():
        row = Publication.objects.filter(pk=third()).values().get()
        Publication.objects.filter(pk=third()).delete()
        Publication.objects.bulk_create([Publication(**{**row, "title": "Another"})])


def insert_a_row() -> None:
    row = Publication.objects.order_by("pk").values().last()
    assert row
    Publication.objects.bulk_create([Publication(**{**row, "id": None, "title": "Another"})])


def insert_a_row_without_a_link() -> None:
    Publication.objects.bulk_create(
        [Publication(at=timezone.now(), model_label="a.B", object_id="1", title="x", is_public=True, cause="edited")]
    )


def insert_a_backdated_row() -> None:
    Publication.objects.create(
        at=timezone.now() - timedelta(days=30),
        model_label="organization.Alert",
        object_id="1",
        title="An alert",
        is_public=False,
        cause=Cause.UNPUBLISHED,
    )


def exchange_two_rows() -> None:
    with unprotected_ledger():
        first, second = Publication.objects.order_by("pk")[:2]
        Publication.objects.filter(pk=first.pk).update(id=10**9)
        Publication.objects.filter(pk=second.pk).update(id=first.pk)
        Publication.objects.filter(pk=10**9).update(id=second.pk)


WAYS = [
    change_a_row,
    change_the_content,
    change_who_did_it_and_when,
    pretend_that_it_was_erased,
    delete_a_row,
    delete_the_newest_row,
    replace_a_row,
    insert_a_row,
    insert_a_row_without_a_link,
    insert_a_backdated_row,
    exchange_two_rows,
]


@pytest.mark.parametrize("tamper", WAYS, ids=lambda way: way.__name__)
def test_tampering_is_seen(tamper: Callable[[], None], client: Client) -> None:
    assert breaks() == []
    tamper()
    assert len(breaks()) >= 1
    with pytest.raises(CommandError, match="tampered"):
        call_command("check_ledger")
    cache.delete("ledger_breaks")
    assert client.get("/health/ready").json()["ledger"] == "the ledger of publications was tampered with"


def test_one_break_is_one_break(rows: list[Publication]) -> None:
    change_a_row()
    assert [str(one) for one in breaks()] == [
        f"Row {third()} of the ledger was changed, or a row before it was deleted or inserted."
    ]


def test_the_chain_begins_after_the_rows_that_are_older(rows: list[Publication]) -> None:
    with unprotected_ledger():
        Publication.objects.filter(pk__lte=third()).update(chain="", salts={})
        Publication.objects.filter(pk__gt=third()).delete()
    factories.AlertFactory.create_batch(2)
    assert breaks() == []


@pytest.mark.skipif(IS_POSTGRESQL, reason="PostgreSQL has no INSERT OR REPLACE")
def test_a_row_cannot_be_replaced(rows: list[Publication]) -> None:
    columns = "at, model_label, object_id, title, path, is_public, cause, by, note, salts, erased, chain"
    with pytest.raises(Exception, match=REFUSAL):
        run(
            f"INSERT OR REPLACE INTO {TABLE} (id, {columns}, [references]) "  # noqa: S608
            f"SELECT id, {columns}, [references] FROM {TABLE} LIMIT 1"
        )


WAYS_PAST_A_TRIGGER = {
    True: {
        "disabled": f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_no_update",
        "on replicas only": f"ALTER TABLE {TABLE} ENABLE REPLICA TRIGGER {TABLE}_no_update",
        "swapped function": f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NEW; END $$",
        "dropped": f"DROP TRIGGER {TABLE}_no_delete ON {TABLE}",
        "another event": f"DROP TRIGGER {TABLE}_no_delete ON {TABLE}; CREATE TRIGGER {TABLE}_no_delete "
        f"BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
        "a condition": f"DROP TRIGGER {TABLE}_no_delete ON {TABLE}; CREATE TRIGGER {TABLE}_no_delete "
        f"BEFORE DELETE ON {TABLE} FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION {FUNCTION}()",
        "one column": f"DROP TRIGGER {TABLE}_no_update ON {TABLE}; CREATE TRIGGER {TABLE}_no_update "
        f"BEFORE UPDATE OF cause ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
    },
    False: {
        "dropped": f"DROP TRIGGER {TABLE}_no_delete",
        "swapped": f"DROP TRIGGER {TABLE}_no_delete; CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
        "BEGIN SELECT 1; END",
        "not recursive": "PRAGMA recursive_triggers=OFF",
    },
}[IS_POSTGRESQL]


@pytest.mark.parametrize("way", WAYS_PAST_A_TRIGGER)
def test_a_trigger_that_no_longer_refuses_is_seen(way: str) -> None:
    assert ledger_is_protected()
    try:
        first, *rest = WAYS_PAST_A_TRIGGER[way].split("; CREATE ", 1)
        run(first, *(f"CREATE {one}" for one in rest))
        assert not ledger_is_protected()
        with pytest.raises(CommandError, match="triggers"):
            call_command("check_ledger")
    finally:
        if not IS_POSTGRESQL:
            run("PRAGMA recursive_triggers=ON")
