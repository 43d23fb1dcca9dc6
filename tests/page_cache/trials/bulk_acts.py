"""Visible acts of programs that bypass model instances: queries that change many rows, and raw SQL."""

from typing import Any

from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from news.models import NewsItemPage
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.page_cache.trials.acts import Act, Acts, news_item

act = ACTS = Acts()


@act
def update_many_rows(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    return lambda: NewsItemPage.objects.filter(pk=item.pk).update(author="Somebody")


@act
def update_many_pages(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    return lambda: Page.objects.filter(pk__gte=item.pk).update(search_description="Other words")


@act
def take_pages_down_in_a_query(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    return lambda: Page.objects.filter(pk=item.pk).update(live=False)


@act
def put_a_draft_up_in_a_query(tree: factories.SiteTree) -> Act:
    item = news_item(tree, draft=True)
    return lambda: Page.objects.filter(pk=item.pk).update(live=True)


@act
def make_many_rows(tree: factories.SiteTree) -> Act:
    first = Redirect.objects.count()
    made = [Redirect(old_path=f"/many-{first}-{number}", redirect_link="/") for number in range(3)]
    return lambda: Redirect.objects.bulk_create(made)


@act
def make_or_change_many_rows(tree: factories.SiteTree) -> Act:
    terms = [factories.PlaceTermFactory(), factories.PlaceTermFactory()]
    for term in terms:
        term.region = "NC"
    return lambda: PlaceTerm.objects.bulk_create(
        terms, update_conflicts=True, unique_fields=["id"], update_fields=["region"]
    )


@act
def change_many_rows_each_to_something_else(tree: factories.SiteTree) -> Act:
    items = [news_item(tree), news_item(tree)]
    for number, item in enumerate(items):
        item.author = f"Somebody {number}"
    return lambda: NewsItemPage.objects.bulk_update(items, ["author"])


def run(sql: str, *parameters: Any) -> Act:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters or None)

    return act


@act
def write_sql_by_hand(tree: factories.SiteTree) -> Act:
    return run("UPDATE wagtailcore_page SET title = %s WHERE id = %s", "By hand", news_item(tree).pk)


@act
def write_sql_by_hand_in_small_letters(tree: factories.SiteTree) -> Act:
    return run(f"update wagtailcore_page set title = 'By hand' where id = {news_item(tree).pk}")  # noqa: S608


@act
def write_sql_by_hand_behind_a_with(tree: factories.SiteTree) -> Act:
    return run(
        "WITH one AS (SELECT %s AS id) UPDATE wagtailcore_page SET title = 'x' WHERE id IN (SELECT id FROM one)",
        news_item(tree).pk,
    )


@act
def run_one_statement_many_times(tree: factories.SiteTree) -> Act:
    numbers = [news_item(tree).pk, news_item(tree, draft=True).pk]

    def many() -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE wagtailcore_page SET title = %s WHERE id = %s", [("By hand", number) for number in numbers]
            )

    return many
