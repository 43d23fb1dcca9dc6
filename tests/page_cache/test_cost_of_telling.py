"""What it costs to see every write: two statements for a change, a look for each row of a draft, nothing to read."""

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


LOOK = "SELECT live FROM"
TOLD = [f"INSERT INTO {TABLE}", f'UPDATE "{TABLE}"']


def extra(act: Callable[[], object]) -> list[str]:
    """How the statements begin that would not be there if nobody watched."""
    with CaptureQueriesContext(connection) as queries:
        act()
    statements = [query["sql"] for query in queries.captured_queries]
    return [begin for sql in statements for begin in (*TOLD, LOOK) if sql.startswith(begin)]


@pytest.mark.parametrize("draft", [True, False], ids=["a new one", "an update"])
def test_what_goes_public_costs_a_row_and_a_word_that_it_is_known(draft: bool) -> None:
    tree = factories.site_tree()
    objects: list[Any] = [
        factories.NewsItemPageFactory(parent=tree.news, places=[factories.PlaceTermFactory()], draft=draft),
        factories.ImpactStatFactory(draft=draft),
        factories.AlertFactory(draft=draft),
    ]
    for obj in objects:
        revision = obj.save_revision()
        assert extra(revision.publish) == TOLD
        # Whether it was public before has to be asked.
        assert extra(type(obj).objects.get(pk=obj.pk).unpublish) == [LOOK, *TOLD]


def test_what_has_no_drafts_costs_as_much() -> None:
    assert extra(factories.PublisherFactory) == TOLD


def test_a_draft_of_something_public_costs_nothing() -> None:
    item: Any = factories.NewsItemPageFactory(parent=factories.site_tree().news)
    item.title = "Other words"
    assert extra(item.save_revision) == []


def test_a_draft_costs_a_look_for_each_row_that_is_written() -> None:
    tree = factories.site_tree()
    made = factories.NewsItemPageFactory(parent=tree.news, draft=True, places=[factories.PlaceTermFactory()])
    item = NewsItemPage.objects.get(pk=made.pk)
    item.places.add(factories.PlaceTermFactory())
    # The row that every page has, that of a news item, the new tag.
    assert extra(item.save) == [LOOK] * 3


def test_looking_at_a_page_costs_nothing(client: Client) -> None:
    tree = factories.site_tree()
    factories.NewsItemPageFactory(parent=tree.news)
    for address in (tree.home.url, tree.news.url):
        # The first look makes what it lacks.
        client.get(address)
        assert extra(partial(client.get, address)) == []
