"""The ledger tells what any object said at any time, and rows are only added."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist

from site_core.publishing.ledger.publications import Cause, Publication
from tests import factories
from tests.contracts.rules import our_page_types
from tests.contracts.stock import StockedSite, stocked_site
from tests.shared_database import kept_for_the_module

MONDAY = datetime(2027, 1, 4, 14, tzinfo=UTC)
DAY = timedelta(days=1)
SNIPPETS = {"ImpactStat": factories.ImpactStatFactory, "Alert": factories.AlertFactory}
KINDS = [*(model.__name__ for model in our_page_types()), *SNIPPETS]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stock(django_db_setup: None, django_db_blocker: Any) -> Iterator[StockedSite]:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = stocked_site(news=1, figures=1)
        yield stocked


def wording(obj: Any) -> str:
    """The name of its text field."""
    for name in ("title", "outcome", "text"):
        try:
            obj._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return name
    raise AssertionError(f"{obj} has no text.")


def publish(obj: Any, text: str) -> None:
    setattr(obj, wording(obj), text)
    obj.save_revision().publish()


@pytest.mark.parametrize("kind", KINDS)
def test_it_knows_what_any_object_said_on_that_day(stock: StockedSite, kind: str, time_machine: Any) -> None:
    obj = SNIPPETS[kind]() if kind in SNIPPETS else stock.page(kind)
    rows = Publication.objects.of(obj)
    opened = rows.count()
    for day, text in enumerate(["First", "Second"]):
        time_machine.move_to(MONDAY + day * DAY, tick=False)
        publish(type(obj).objects.get(pk=obj.pk), text)
    time_machine.move_to(MONDAY + 2 * DAY, tick=False)
    type(obj).objects.get(pk=obj.pk).unpublish()

    def said(at: datetime) -> Any:
        row = rows.in_force_at(at)
        return row and (row.content or {}).get(wording(obj))

    assert said(MONDAY) == "First"
    assert said(MONDAY + DAY - timedelta(seconds=1)) == "First"
    assert said(MONDAY + DAY) == "Second"
    assert said(MONDAY + 3 * DAY) is None
    assert rows.count() == opened + 3
    # The old content can be restored, whatever has happened to the object since.
    row = rows.in_force_at(MONDAY)
    assert row
    restored = type(obj).objects.get(pk=obj.pk).with_content_json(row.content)
    assert getattr(restored, wording(obj)) == "First"


def test_until_is_the_time_of_the_next_row_of_the_same_object(stock: StockedSite, time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)
    alert = factories.AlertFactory()
    factories.AlertFactory()
    time_machine.move_to(MONDAY + DAY, tick=False)
    alert.unpublish()
    down, up = Publication.objects.of(alert).with_until().newest_first()
    assert (up.until, down.until) == (MONDAY + DAY, None)  # type: ignore[attr-defined]
    assert not down.is_public
    assert down.content is None


def test_before_its_first_row_nothing_is_recorded(stock: StockedSite) -> None:
    alert = factories.AlertFactory()
    row = Publication.objects.of(alert).get()
    assert Publication.objects.of(alert).in_force_at(row.at - timedelta(seconds=1)) is None


def test_a_row_in_hand_is_neither_changed_nor_deleted(stock: StockedSite) -> None:
    row = Publication.objects.of(factories.AlertFactory()).get()
    row.cause = Cause.EDITED
    with pytest.raises(TypeError, match="never changed"):
        row.save()
    with pytest.raises(TypeError, match="never deleted"):
        row.delete()


def test_a_row_outlives_its_object_and_all_its_revisions(stock: StockedSite) -> None:
    alert = factories.AlertFactory(text="Still known.")
    rows = Publication.objects.filter(model_label="organization.Alert", object_id=str(alert.pk))
    alert.revisions.all().delete()
    alert.delete()
    assert list(rows.order_by("pk").values_list("cause", "is_public")) == [
        (Cause.PUBLISHED, True),
        (Cause.DELETED, False),
    ]
    first = rows.order_by("pk").first()
    assert first
    assert first.content is not None
    assert first.content["text"] == "Still known."
