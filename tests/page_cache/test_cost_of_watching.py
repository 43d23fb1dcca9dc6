"""The cost of watching writes: two statements for a change, one for each row of a draft, none for reading."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import NewsItemPage
from site_core.page_cache.invalidation.committed_change import CommittedChange
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = CommittedChange._meta.db_table


LIVE_QUERY = "SELECT live FROM"
ANNOUNCED = [f"INSERT INTO {TABLE}", f'UPDATE "{TABLE}"']


def extra(act: Callable[[], object]) -> list[str]:
    """The beginnings of the statements that only the watcher causes."""
    with CaptureQueriesContext(connection) as queries:
        act()
    statements = [query["sql"] for query in queries.captured_queries]
    return [begin for sql in statements for begin in (*ANNOUNCED, LIVE_QUERY) if sql.startswith(begin)]


@pytest.mark.parametrize("draft", [True, False], ids=["a new one", "an update"])
def test_publishing_costs_one_row_and_one_update_of_it(draft: bool, site_tree: factories.SiteTree) -> None:
    objects: list[Any] = [
        factories.NewsItemPageFactory(parent=site_tree.news, places=[factories.PlaceTermFactory()], draft=draft),
        factories.ImpactStatFactory(draft=draft),
        factories.AlertFactory(draft=draft),
    ]
    for obj in objects:
        revision = obj.save_revision()
        assert extra(revision.publish) == ANNOUNCED
        # The watcher queries whether it was public.
        assert extra(type(obj).objects.get(pk=obj.pk).unpublish) == [LIVE_QUERY, *ANNOUNCED]


def test_a_write_to_a_model_without_drafts_costs_as_much() -> None:
    assert extra(factories.PublisherFactory) == ANNOUNCED


def test_a_draft_of_a_public_page_costs_nothing(site_tree: factories.SiteTree) -> None:
    item: Any = factories.NewsItemPageFactory(parent=site_tree.news)
    item.title = "Other words"
    assert extra(item.save_revision) == []


def test_a_draft_costs_one_query_for_each_written_row(site_tree: factories.SiteTree) -> None:
    made = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, places=[factories.PlaceTermFactory()])
    item = NewsItemPage.objects.get(pk=made.pk)
    item.places.add(factories.PlaceTermFactory())
    # The rows of Page, of NewsItemPage and of the new tag.
    assert extra(item.save) == [LIVE_QUERY] * 3


def test_viewing_a_page_costs_nothing(client: Client, site_tree: factories.SiteTree) -> None:
    factories.NewsItemPageFactory(parent=site_tree.news)
    for url in (site_tree.home.url, site_tree.news.url):
        # The first view creates what is missing.
        client.get(url)
        assert extra(partial(client.get, url)) == []
