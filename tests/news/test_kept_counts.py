"""The kept counts are those of the items, whatever changes an item and in whatever order."""

import logging
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from news.kept_counts import upkeep
from news.kept_counts.models import KeptCount
from news.kept_counts.reading import places_of_terms, visible_counts, visible_counts_with
from news.kept_counts.statements import ITEMS
from news.kept_counts.upkeep import MOST_SURPLUS_ROWS, after_migrate, before_migrate, correct, keep_up
from news.models import NewsItemPage, Publisher
from news.tagged_items import NewsItemPlace, NewsItemStrategy
from site_core.page_cache.invalidation.sql import is_read_only
from tests.factories import (
    NewsItemPageFactory,
    PlaceTermFactory,
    PublisherFactory,
    SiteTree,
    StrategyTermFactory,
)

pytestmark = pytest.mark.django_db


def kept() -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in KeptCount.objects.all():
        counts[row.facet, row.value] += row.change
    return +counts


def _publishers() -> dict[tuple[str, str], int]:
    return {("publisher", str(pk)): 1 for pk in Publisher.objects.exclude(items=None).values_list("pk", flat=True)}


def sql(statement: str, *parameters: bool | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def item(site_tree: SiteTree) -> NewsItemPage:
    """A live item with two places and two strategies, beside another one with one of each."""
    places, strategies = PlaceTermFactory.create_batch(2), StrategyTermFactory.create_batch(2)
    NewsItemPageFactory(parent=site_tree.news, places=places[:1], strategies=strategies[:1])
    item: NewsItemPage = NewsItemPageFactory(
        parent=site_tree.news, places=places, strategies=strategies, publisher=PublisherFactory()
    )
    return item


def test_the_statements_name_the_table_of_the_items() -> None:
    assert NewsItemPage._meta.db_table == ITEMS


def use_another_place(item: NewsItemPage) -> None:
    NewsItemPlace.objects.filter(content_object=item).first().delete()
    NewsItemPlace.objects.filter(content_object=item).update(tag=PlaceTermFactory())


def publish_again(item: NewsItemPage) -> None:
    item.unpublish()
    item.save_revision().publish()


def tags_leave_first_and_the_page_last(item: NewsItemPage) -> None:
    NewsItemStrategy.objects.filter(content_object=item).delete()
    item.delete()


CHANGES: dict[str, Callable[[NewsItemPage], object]] = {
    "unpublish": NewsItemPage.unpublish,
    "publish again": publish_again,
    "a raw update": lambda item: sql("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, item.pk),
    "another type": lambda item: NewsItemPage.objects.filter(pk=item.pk).update(item_type="opinion"),
    "no date": lambda item: NewsItemPage.objects.filter(pk=item.pk).update(first_day=None),
    "no publisher any more": lambda item: Publisher.objects.filter(pk=item.publisher_id).delete(),
    "another place": use_another_place,
    "fewer tags, published": lambda item: (item.strategies.clear(), item.save_revision().publish()),
    "a term is deleted": lambda item: item.places.first().delete(),
    "deleted": lambda item: item.delete(),
    "deleted piece by piece": tags_leave_first_and_the_page_last,
    "a draft beside it": lambda item: NewsItemPageFactory(parent=item.get_parent(), draft=True),
    "copied": lambda item: item.copy(update_attrs={"slug": "copied"}),
    "nothing changed": lambda item: item.save(),
}


WITHOUT_EFFECT = ("publish again", "a draft beside it", "nothing changed")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_counts_follow_every_change(item: NewsItemPage, change: Callable[[NewsItemPage], object]) -> None:
    before = kept()
    change(item)
    after = kept()
    # Counted anew, nothing is missing.
    assert correct() == 0
    assert after == kept()
    assert (after == before) is any(change is CHANGES[name] for name in WITHOUT_EFFECT)


def test_each_tag_column_and_pair_of_an_item_is_counted(item: NewsItemPage) -> None:
    (first, second), (gvi, dmi) = item.places.order_by("pk"), item.strategies.order_by("pk")
    counts = visible_counts()
    assert counts["place", str(first.pk)] == counts["strategy", str(gvi.pk)] == counts["month", "2018-04"] == 2
    assert counts["place", str(second.pk)] == counts["publisher", str(item.publisher_id)] == 1
    assert places_of_terms() == {gvi.pk: {first.pk, second.pk}, dmi.pk: {first.pk, second.pk}}


def test_what_a_filter_leaves_is_counted_by_every_other_facet(item: NewsItemPage) -> None:
    (first, second), (gvi, dmi) = item.places.order_by("pk"), item.strategies.order_by("pk")
    strategies = {("strategy", str(gvi.pk)): 2, ("strategy", str(dmi.pk)): 1}
    about_first = visible_counts_with(("place", str(first.pk)))
    columns = {("type", "news"): 2, ("year", "2018"): 2, ("month", "2018-04"): 2}
    assert about_first == strategies | columns | _publishers()
    # Nothing is filtered by month.
    assert not visible_counts_with(("month", "2018-04"))
    assert set(visible_counts_with(("type", "news"))) >= {("place", str(first.pk)), ("place", str(second.pk))}
    PageViewRestriction.objects.create(page=item, restriction_type="login")
    assert visible_counts_with(("place", str(first.pk)))["strategy", str(gvi.pk)] == 1
    assert not visible_counts_with(("place", str(second.pk)))


def test_private_items_and_aliases_of_unpublished_ones_are_not_counted(item: NewsItemPage) -> None:
    other = NewsItemPage.objects.exclude(pk=item.pk).get()
    alias = other.create_alias(update_slug="alias")
    sql("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, other.pk)
    assert alias.live
    PageViewRestriction.objects.create(page=item, restriction_type="login")
    assert kept()
    assert not visible_counts()
    assert not places_of_terms()


def test_wrong_counts_are_corrected_and_logged(item: NewsItemPage, caplog: pytest.LogCaptureFixture) -> None:
    right = kept()
    KeptCount.objects.filter(facet="place").delete()
    KeptCount.objects.create(facet="type", value="news", change=7)
    with caplog.at_level(logging.ERROR):
        keep_up()
    assert kept() == right
    assert "3 counts of news items were wrong" in caplog.text


def test_a_migrate_that_has_nothing_to_do_writes_nothing(
    item: NewsItemPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3) as queries:
        before_migrate(using="default", plan=[])
        after_migrate(using="default")
    assert all(is_read_only(query["sql"]) for query in queries)


def test_rows_are_added_up_in_parts_when_they_are_many(item: NewsItemPage, monkeypatch: pytest.MonkeyPatch) -> None:
    right = kept()
    KeptCount.objects.bulk_create(
        KeptCount(facet="type", value="news", change=change) for change in [1, -1] * MOST_SURPLUS_ROWS
    )
    monkeypatch.setattr(upkeep, "ROWS_AT_ONCE", 1_500)
    with CaptureQueriesContext(connection) as queries:
        keep_up()
    assert kept() == right
    assert KeptCount.objects.count() == len(right)
    # An import leaves more rows than a statement may have parameters.
    deleting = [query["sql"] for query in queries if query["sql"].startswith("DELETE")]
    assert len(deleting) == 4
    assert max(map(len, deleting)) < 1_000
