"""Two people change the same tag at once, or an item with it is being published: nothing is lost, both are told."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from site_core.publishing.publishable import lock_row
from site_core.tagging.acts import BUSY, carry_out
from site_core.tagging.merging import CannotBeChanged, plan_merge
from site_core.tagging.models import TagChange
from site_core.taxonomy.models import PlaceTerm
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows: one writer waits for the other"),
]
# Seconds.
LONG = 60


def merge(source: Any, target: Any, user: Any) -> str:
    """Why it cannot be done, "" if it can."""
    try:
        carry_out(lambda terms: plan_merge(terms[:1], terms[1]), [source, target], f"{source} into {target}", user)
    except CannotBeChanged as refused:
        return str(refused)
    return ""


def wait_until_somebody_waits() -> None:
    waiting = Event()
    with connection.cursor() as cursor:
        for _ in range(LONG * 20):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            waiting.wait(0.05)


def test_a_merge_beside_a_publication_and_beside_another_merge() -> None:
    tree = factories.site_tree()
    user = factories.UserFactory(role="Managing editor")
    one, two, three = (factories.PlaceTermFactory() for _ in range(3))
    item = factories.NewsItemPageFactory(parent=tree.news, places=[one])
    held, enough = Event(), Event()

    def publish() -> None:
        with transaction.atomic():
            lock_row(item)
            held.set()
            enough.wait(LONG)
            item.title = "Published meanwhile"
            item.save_revision().publish()
        connection.close()

    publishing = Thread(target=publish)
    publishing.start()
    held.wait(LONG)
    assert merge(one, two, user) == BUSY
    enough.set()
    publishing.join()
    item.refresh_from_db()
    assert (item.title, list(item.places.all())) == ("Published meanwhile", [one])

    merged, finish = Event(), Event()
    refusals: list[str] = []

    def first() -> None:
        with transaction.atomic():
            refusals.append(merge(two, three, user))
            merged.set()
            finish.wait(LONG)
        connection.close()

    def second() -> None:
        merged.wait(LONG)
        refusals.append(merge(one, two, user))
        connection.close()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    merged.wait(LONG)
    wait_until_somebody_waits()
    finish.set()
    for thread in threads:
        thread.join()
    gone = f"“{two}” is gone. Somebody has just merged or deleted it. Nothing was changed."
    assert refusals == ["", gone]
    assert set(PlaceTerm.objects.filter(pk__in=[one.pk, two.pk, three.pk])) == {one, three}
    assert TagChange.objects.count() == 1
