"""The ledger is compared with what is public: each difference is found, named and recorded."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, Page, PageViewRestriction, Site

from home.models import TextPage
from impact.models import ImpactStat
from site_core.organization.models import Alert
from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger import comparison
from site_core.publishing.ledger.comparison import Difference, State, differences, record_differences
from site_core.publishing.ledger.publications import Cause, Publication, label_of
from site_core.publishing.ledger.recorded_models import recorded_labels
from site_core.publishing.visibility import is_public
from tests import factories
from tests.contracts.stock import StockedSite, stocked_site
from tests.publishing.ledger.ledger_rows import rows_of
from tests.publishing.ledger.planted_differences import PLANTS, page_taken_down, restrict, snippet_put_online
from tests.shared_database import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stock_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[StockedSite]:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = stocked_site(news=3, figures=3)
            factories.AlertFactory()
            factories.AlertFactory(draft=True)
            factories.SiteDocumentFactory()
            factories.PublisherFactory()
        yield stocked


@pytest.fixture
def stock(stock_of_the_module: StockedSite, db: None) -> StockedSite:
    return stock_of_the_module


def test_a_site_whose_changes_sent_their_signals_has_no_difference(stock: StockedSite) -> None:
    assert differences() == []


def test_the_comparison_sees_each_object_as_the_ledger_does(stock: StockedSite) -> None:
    below = TextPage.objects.first()
    assert below
    PageViewRestriction.objects.create(page=below, restriction_type=PageViewRestriction.LOGIN)
    restrict(Collection.get_first_root_node())
    states = comparison._states()
    objects = [page.specific for page in Page.objects.all()]
    for model in models_with_drafts():
        objects += [] if model is Page else model.objects.all()
    for label in recorded_labels():
        objects += comparison._objects_of(label).all()
    assert {(label_of(obj), str(obj.pk)): is_public(obj) for obj in objects} == {
        key: state == State.PUBLIC for key, state in states.items()
    }
    assert set(states.values()) == {State.PUBLIC, State.NOT_LIVE, State.RESTRICTED, State.NOWHERE}


@pytest.fixture(params=PLANTS, ids=lambda plant: plant.__name__)
def planted(request: pytest.FixtureRequest, stock: StockedSite) -> Difference:
    obj, state = request.param()
    return Difference(label_of(obj), str(obj.pk), state)


def test_a_difference_is_found_and_recorded(planted: Difference) -> None:
    assert differences() == [planted]
    last = Publication.objects.latest("pk").pk
    record_differences(differences())
    row = Publication.objects.get(pk__gt=last)
    assert (row.model_label, row.object_id) == (planted.model_label, planted.object_id)
    assert (row.cause, row.is_public, row.by) == (Cause.COMPARED, planted.state == State.PUBLIC, "")
    assert differences() == []


def test_a_site_with_another_root_has_a_difference_for_each_page_outside(stock: StockedSite) -> None:
    about = Page.objects.get(slug="about")
    outside = Page.objects.live().filter(depth__gt=1).exclude(path__startswith=about.path).count()
    Site.objects.update(root_page=about)
    Site.clear_site_root_paths_cache()
    found = differences()
    assert {difference.state for difference in found} == {State.NOWHERE}
    assert len(found) == outside


def test_what_cannot_be_recorded_stops_no_other(stock: StockedSite, monkeypatch: pytest.MonkeyPatch) -> None:
    snippet_put_online()
    page_taken_down()

    def fail(self: Any) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setattr(Alert, "serializable_data", fail)
    record_differences(differences())
    assert [difference.model_label for difference in differences()] == ["organization.Alert"]


def test_what_has_changed_back_by_then_is_not_recorded(stock: StockedSite) -> None:
    item, _ = page_taken_down()
    found = differences()
    Page.objects.filter(pk=item.pk).update(live=True)
    assert rows_of(lambda: record_differences(found)) == []


@pytest.mark.parametrize("planted", [False, True], ids=["alike", "different"])
def test_the_number_of_queries_does_not_grow_with_the_site(stock: StockedSite, planted: bool) -> None:
    if planted:
        page_taken_down()
    few = queries_of(differences)
    stock.add_news(10)
    stock.add_figures(5)
    factories.SiteDocumentFactory.create_batch(3)
    if planted:
        Page.objects.filter(depth__gt=2).update(live=False)
        ImpactStat.objects.update(live=False)
    assert queries_of(differences) == few


def queries_of(act: Callable[[], Any]) -> int:
    act()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)
