"""The ledger is compared with what is public: each difference is found, named and recorded."""

from collections.abc import Callable, Iterator
from io import StringIO
from threading import Event as Signal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from home.models import TextPage
from impact.models import ImpactStat, Study
from news.models import NewsItemPage, Publisher
from site_core.management.commands.run_publishing import Runner
from site_core.models import Alert
from site_core.monitoring import SiteState
from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger import comparison
from site_core.publishing.ledger.comparison import Difference, State, differences, record_differences
from site_core.publishing.ledger.publications import Cause, Publication, label_of
from site_core.publishing.ledger.recording import WITHOUT_DRAFTS
from site_core.publishing.runner.lease import Claim
from site_core.publishing.visibility import is_public
from tests import factories
from tests.contracts.stock import StockedSite, stocked_site
from tests.publishing.ledger_rows import rows_of
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
    for label in WITHOUT_DRAFTS:
        objects += comparison._objects_of(label).all()
    assert {(label_of(obj), str(obj.pk)): is_public(obj) for obj in objects} == {
        key: state == State.PUBLIC for key, state in states.items()
    }
    assert set(states.values()) == {State.PUBLIC, State.NOT_LIVE, State.RESTRICTED, State.NOWHERE}


def restrict(collection: Collection) -> None:
    CollectionViewRestriction.objects.bulk_create(
        [CollectionViewRestriction(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)]
    )


# Each plants one difference that sends no signal, and returns the object and what it is now.
Plant = Callable[[], tuple[Any, State]]


def public_item() -> NewsItemPage:
    found = NewsItemPage.objects.live().first()
    assert found
    return found


def page_taken_down() -> tuple[Any, State]:
    item = public_item()
    NewsItemPage.objects.filter(pk=item.pk).update(live=False)
    return item, State.NOT_LIVE


def page_put_online() -> tuple[Any, State]:
    draft = factories.TextPageFactory(parent=Page.objects.get(slug="about"), draft=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, draft.pk])
    return draft, State.PUBLIC


def page_made_private() -> tuple[Any, State]:
    item = public_item()
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=item, restriction_type=PageViewRestriction.LOGIN)]
    )
    return item, State.RESTRICTED


def page_outside_the_site() -> tuple[Any, State]:
    item = public_item()
    Page.objects.filter(pk=item.pk).update(url_path="/elsewhere/")
    return item, State.NOWHERE


def page_deleted() -> tuple[Any, State]:
    page = factories.TextPageFactory(parent=Page.objects.get(slug="about"))
    for model in (TextPage, Page):
        rows: Any = model.objects.filter(pk=page.pk)
        rows._raw_delete(using="default")
    return page, State.DELETED


def snippet_taken_down() -> tuple[Any, State]:
    stat = ImpactStat.objects.latest("pk")
    ImpactStat.objects.filter(pk=stat.pk).update(live=False)
    return stat, State.NOT_LIVE


def snippet_put_online() -> tuple[Any, State]:
    alert = factories.AlertFactory(draft=True)
    Alert.objects.filter(pk=alert.pk).update(live=True)
    return alert, State.PUBLIC


def snippet_deleted() -> tuple[Any, State]:
    alert = factories.AlertFactory()
    rows: Any = Alert.objects.filter(pk=alert.pk)
    rows._raw_delete(using="default")
    return alert, State.DELETED


def object_without_drafts_added() -> tuple[Any, State]:
    study = factories.StudyFactory.build()
    Study.objects.bulk_create([study])
    return study, State.PUBLIC


def object_without_drafts_deleted() -> tuple[Any, State]:
    publisher = factories.PublisherFactory()
    rows: Any = Publisher.objects.filter(pk=publisher.pk)
    rows._raw_delete(using="default")
    return publisher, State.DELETED


def document_made_private() -> tuple[Any, State]:
    collection = Collection.get_first_root_node().add_child(name="Board")
    document = factories.SiteDocumentFactory(collection=collection)
    restrict(collection)
    return document, State.RESTRICTED


PLANTS: list[Plant] = [
    *(page_taken_down, page_put_online, page_made_private, page_outside_the_site, page_deleted),
    *(snippet_taken_down, snippet_put_online, snippet_deleted),
    *(object_without_drafts_added, object_without_drafts_deleted, document_made_private),
]


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
    assert [difference.model_label for difference in differences()] == ["site_core.Alert"]


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


def command(*options: str) -> tuple[str, bool]:
    """What `check_ledger` prints, and whether it exits with 0."""
    printed = StringIO()
    try:
        call_command("check_ledger", *options, stdout=printed)
    except CommandError as failed:
        assert failed.returncode == 1
        return printed.getvalue(), False
    return printed.getvalue(), True


def test_the_command_names_each_difference(stock: StockedSite) -> None:
    assert command() == ("The ledger agrees with what is public.\n", True)
    item, _ = page_taken_down()
    alert, _ = snippet_put_online()
    said = (
        f"news.NewsItemPage {item.pk} is not live, and the ledger says that it is public.\n"
        f"site_core.Alert {alert.pk} is public, and the ledger does not say so.\n"
    )
    assert command() == (said, False)
    assert command("--record") == (f"{said}The ledger agrees with what is public.\n", True)
    assert command() == ("The ledger agrees with what is public.\n", True)


def test_the_publishing_process_records_what_differs(stock: StockedSite) -> None:
    page_taken_down()
    runner = Runner(Signal())
    runner.look()
    assert differences() == []
    item, _ = page_taken_down()
    runner.look()
    assert [difference.object_id for difference in differences()] == [str(item.pk)]


@pytest.fixture
def kept_in_memory(settings: Any) -> None:
    """Inside the transaction of a test, the site's own cache keeps nothing."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def test_readiness_and_metrics_tell_of_a_difference(stock: StockedSite, client: Client, kept_in_memory: None) -> None:
    assert Claim().holds()
    page_taken_down()
    said = client.get("/health/ready")
    assert said.status_code == 503
    assert said.json()["ledger"] == "the ledger of publications differs from what is public"
    assert gauge() == 1
    record_differences(differences())
    assert client.get("/health/ready").status_code == 200
    assert gauge() == 0


def gauge() -> float:
    metrics = {metric.name: metric.samples[0].value for metric in SiteState().collect()}
    return float(metrics["nnsc_ledger_differences"])


def test_readiness_and_metrics_do_not_compare_each_time(
    stock: StockedSite, client: Client, kept_in_memory: None
) -> None:
    client.get("/health/ready")
    page_taken_down()
    with CaptureQueriesContext(connection) as queries:
        client.get("/health/ready")
        assert gauge() == 0
    assert not [query for query in queries if "is_public" in query["sql"]]
