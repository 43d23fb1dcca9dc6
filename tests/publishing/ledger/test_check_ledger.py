"""Who is told that the ledger differs from what is public: whoever runs the command, and monitors."""

from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from site_core.chores.running import do_due
from site_core.ops.gauges.site_state import SiteState
from site_core.publishing.ledger.comparison import differences, record_differences
from site_core.publishing.runner.lease import Claim
from tests import factories
from tests.publishing.ledger.planted_differences import page_taken_down, snippet_put_online

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(site_tree: factories.SiteTree) -> None:
    """A site with two news items."""
    factories.NewsItemPageFactory.create_batch(2, parent=site_tree.news)


def command(*options: str) -> tuple[str, bool]:
    """What `check_ledger` prints, and whether it exits with 0."""
    printed = StringIO()
    try:
        call_command("check_ledger", *options, stdout=printed)
    except CommandError as failed:
        assert failed.returncode == 1
        return printed.getvalue(), False
    return printed.getvalue(), True


def test_the_command_names_each_difference(stock: None) -> None:
    assert command() == ("The ledger agrees with what is public.\n", True)
    item, _ = page_taken_down()
    alert, _ = snippet_put_online()
    said = (
        f"news.NewsItemPage {item.pk} is not live, and the ledger says that it is public.\n"
        f"organization.Alert {alert.pk} is public, and the ledger does not say so.\n"
    )
    assert command() == (said, False)
    assert command("--record") == (f"{said}The ledger agrees with what is public.\n", True)
    assert command() == ("The ledger agrees with what is public.\n", True)


def test_the_publishing_process_records_what_differs(stock: None) -> None:
    page_taken_down()
    do_due()
    assert differences() == []
    item, _ = page_taken_down()
    # It is not due again so soon.
    do_due()
    assert [difference.object_id for difference in differences()] == [str(item.pk)]


@pytest.fixture
def kept_in_memory(settings: Any) -> None:
    """Inside the transaction of a test, the site's own cache keeps nothing."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    # All such caches of a process are one.
    cache.clear()


def test_readiness_and_metrics_tell_of_a_difference(stock: None, client: Client, kept_in_memory: None) -> None:
    assert Claim().holds()
    page_taken_down()
    said = client.get("/health/ready")
    assert said.status_code == 503
    assert said.json()["ledger"] == "the ledger of publications differs from what is public"
    assert gauge() == 1
    record_differences(differences())
    said = client.get("/health/ready")
    assert said.status_code == 200, said.json()
    assert gauge() == 0


def gauge() -> float:
    metrics = {metric.name: metric.samples[0].value for metric in SiteState().collect()}
    return float(metrics["nnsc_ledger_differences"])


def test_readiness_and_metrics_do_not_compare_each_time(stock: None, client: Client, kept_in_memory: None) -> None:
    client.get("/health/ready")
    page_taken_down()
    with CaptureQueriesContext(connection) as queries:
        client.get("/health/ready")
        assert gauge() == 0
    assert not [query for query in queries if "is_public" in query["sql"]]
