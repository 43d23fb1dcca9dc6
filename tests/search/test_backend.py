"""The search backend takes any text, and adding an entry to the index costs the same however many there are."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from news.models import NewsItemPage
from tests import factories

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index is modelsearch's own.")


@pytest.fixture
def item() -> Any:
    return factories.NewsItemPageFactory(parent=factories.site_tree().news, title="A lantern in the street")


@pytest.mark.parametrize("name", ["search", "autocomplete"])
@pytest.mark.parametrize("searched", [NewsItemPage, NewsItemPage.objects.all()], ids=["model", "queryset"])
def test_any_text_can_be_searched_for(name: str, searched: Any, item: Any) -> None:
    search = getattr(get_search_backend(), name)
    for typed in ('lantern"', "lantern\x00", "“lantern”", f"lantern{' ' * 500}"):
        assert list(search(typed, searched)) == [item], typed
    for typed in ('"', "'", "\x00", "", "   "):
        assert list(search(typed, searched)) == [], typed


@pytest.mark.parametrize("name", ["search", "autocomplete"])
def test_a_search_for_no_words_can_be_filtered_and_counted_like_any_other(name: str, item: Any) -> None:
    results = getattr(get_search_backend(), name)("", Page.objects.all(), fields=["title"], order_by_relevance=False)
    assert (results.count(), list(results[:5]), results.query_compiler.queryset.model) == (0, [], Page)


@on_postgresql
def test_a_title_norm_is_set_at_once(item: Any) -> None:
    """Within a tenth of what all entries together give."""
    entries = IndexEntry.objects.filter(object_id=str(item.pk), content_type=item.content_type)
    norm = entries.get().title_norm
    assert norm != 1
    call_command("update_index", verbosity=0)
    assert norm == pytest.approx(entries.get().title_norm, rel=0.1)


@on_postgresql
def test_adding_an_entry_reads_no_other_but_the_newest_for_the_average(item: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        get_search_backend().add(item)
    on_index = [sql for query in queries if IndexEntry._meta.db_table in (sql := query["sql"])]
    insert, average, update = on_index
    assert insert.strip().startswith("INSERT")
    assert "AVG" in average and "LIMIT 1000" in average
    assert update.startswith("UPDATE") and "object_id" in update
