"""With many items, each is on exactly one page of the list, and the database reads no more than it needs."""

from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField
from django.db.models.functions import Cast
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from news.indexing import index_items
from news.items import HAS_COUNTS, newest_about
from news.kept_counts.periods import months
from news.listing.facets import facets_of
from news.listing.query import NewsQuery, list_page
from news.models import NewsItemPage
from news.tagged_items import TAGGED_ITEMS, NewsItemPlace
from site_core.fields.pagination import ROWS_ON_A_PAGE
from tests.factories import PlaceTermFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive"), pytest.mark.sweep]

# A word in every item of the archive, and a word in the headline of one.
COMMON, RARE = "example", "1234"
FIRST_DAY = "news_newsitempage_first_day"
TEXT = "search_title_and_body"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite chooses its indexes differently.")


def main_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    (main,) = BeautifulSoup(response.content, "html.parser").select("main")
    return main  # type: ignore[return-value]


def words_of(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def plans(client: Client, address: str) -> str:
    """Return PostgreSQL's plans for all queries of a page, with sequential scans disabled."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    found = []
    with connection.cursor() as cursor:
        # PostgreSQL does this within a minute.
        cursor.execute("SELECT gin_clean_pending_list(%s)", [TEXT])
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in queries:
            if query["sql"].startswith(("SELECT", "WITH", "(SELECT")):
                cursor.execute(f"EXPLAIN {query['sql'].replace('%', '%%')}", [])
                found += [line for (line,) in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return "\n".join(found)


def number_visible() -> int:
    return NewsItemPage.objects.visible().count()


def test_each_item_is_on_one_page_of_the_list_in_order() -> None:
    query = NewsQuery()
    pages = [list_page(query, str(number)) for number in range(1, -(-number_visible() // ROWS_ON_A_PAGE) + 1)]
    assert [item.pk for page in pages for item in page.rows] == [item.pk for item in query.items()]
    assert {(page.total, page.pages) for page in pages} == {(number_visible(), len(pages))}
    assert [page.number for page in pages if not page.has_next] == [len(pages)]


def test_items_without_a_date_are_on_one_page_in_order() -> None:
    undated = NewsItemPage.objects.visible().order_by("pk")[100:140]
    NewsItemPage.objects.filter(pk__in=[item.pk for item in undated]).update(date=None, first_day=None)
    assert None in dict(months())
    test_each_item_is_on_one_page_of_the_list_in_order()


@pytest.mark.parametrize("key", ["item_type", "year", "publisher", "terms"])
def test_each_item_under_a_filter_is_on_one_page_in_order(key: str) -> None:
    some = NewsItemPage.objects.visible().exclude(publisher=None).order_by("pk")[400]
    chosen = {
        "item_type": some.item_type,
        "year": some.first_day.year,
        "publisher": some.publisher,
        "terms": tuple(some.places.all()[:1]),
    }
    query = NewsQuery(**{key: chosen[key]})
    undated = query.items().order_by("pk")[10:40]
    NewsItemPage.objects.filter(pk__in=[item.pk for item in undated]).update(date=None, first_day=None)
    pages = [list_page(query, "1")]
    while pages[-1].has_next:
        pages.append(list_page(query, str(pages[-1].number + 1)))
    assert [item.pk for page in pages for item in page.rows] == [item.pk for item in query.items()]
    assert {page.total for page in pages} == {query.items().count()}


def test_a_late_page_reads_only_the_items_of_its_months(django_assert_num_queries: Any) -> None:
    number = str(number_visible() // ROWS_ON_A_PAGE - 5)
    with CaptureQueriesContext(connection) as queries:
        list_page(NewsQuery(), number)
    (reading,) = [query["sql"] for query in queries if "summary" in query["sql"]]
    assert "BETWEEN" in reading
    offset = int(reading.partition("OFFSET ")[2].split()[0]) if "OFFSET " in reading else 0
    assert offset < max(number for _, number in months())


@pytest.mark.parametrize("number", [1, 4, 30])
def test_the_newest_items_with_a_tag_are_read_from_the_months_that_have_them(number: int) -> None:
    """However long ago the place was last in the news."""
    place = PlaceTermFactory()
    oldest = list(NewsItemPage.objects.visible().order_by("first_day", "path")[:40])
    for item in oldest:
        NewsItemPlace.objects.create(content_object=item, tag=place)
    with CaptureQueriesContext(connection) as queries:
        rows = newest_about(place, number)
    (reading,) = [query["sql"] for query in queries if "summary" in query["sql"]]
    assert "BETWEEN" in reading
    assert [row.item.pk for row in rows] == [item.pk for item in reversed(oldest)][:number]


def test_no_item_has_a_tag_that_no_item_has() -> None:
    assert newest_about(PlaceTermFactory(), 4) == []


@pytest.mark.parametrize("asked", ["page=98", "page=99999", "q=example&page=98", "type=opinion&page=97", "page=0"])
def test_a_page_that_does_not_exist_is_not_found(asked: str, client: Client) -> None:
    assert client.get(f"/news/?{asked}").status_code == 404


def test_the_whole_list_shows_the_exact_count(client: Client) -> None:
    main = main_of(client, "/news/?page=3")
    assert words_of(main.select("#news-count")[0]) == f"{number_visible():,} items, page 3 of 97"
    assert words_of(main.select("[aria-current=page]")[0]) == "Page 3 of 97"


def test_a_filtered_list_counts_up_to_a_thousand(client: Client) -> None:
    main = main_of(client, f"/news/?q={COMMON}&page=3")
    assert words_of(main.select("#news-count")[0]) == "More than 1,000 items, page 3"
    assert words_of(main.select("[aria-current=page]")[0]) == "Page 3"
    assert main.select("a[rel=next]") and main.select("a[rel=prev]")
    main = main_of(client, f"/news/?q={COMMON}&type=opinion")
    count = NewsItemPage.objects.visible().filter(item_type="opinion").count()
    assert words_of(main.select("#news-count")[0]) == f"{count} items, page 1 of {-(-count // ROWS_ON_A_PAGE)}"


def test_a_choice_with_more_than_a_thousand_items_says_so(client: Client) -> None:
    NewsItemPage.objects.filter(item_type="news").update(item_type="podcast")
    NewsItemPage.objects.filter(item_type="report").update(item_type="opinion")
    NewsItemPage.objects.filter(item_type__in=["video", "event", "announcement"]).update(item_type="podcast")
    for address in ("/news/", f"/news/?q={COMMON}"):
        options = [words_of(option) for option in main_of(client, address).select("#filter-type option")]
        assert "Podcast (more than 1,000)" in options
        counts = [option.partition("(")[2].strip(")") for option in options[1:]]
        assert all(count == "more than 1,000" or int(count) <= 1_000 for count in counts)


def test_the_search_lists_the_newest_thousand_and_says_that_there_are_more(client: Client) -> None:
    main = main_of(client, f"/search/?q={COMMON}&page=50")
    assert words_of(main.h2) == f"More than 1,000 results for “{COMMON}”"
    assert "The newest 1,000 are listed" in words_of(main)
    assert words_of(main.select("[aria-current=page]")[0]) == "Page 50"
    assert len(main.select(".search-result")) == ROWS_ON_A_PAGE
    assert client.get(f"/search/?q={COMMON}&page=60").status_code == 404


def test_the_counts_are_right_when_most_items_match() -> None:
    query = NewsQuery(words=COMMON)
    entries = IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(NewsItemPage))
    # Some items are not in the index, and others do not hold the word.
    entries.filter(object_id__endswith="7").delete()
    others = NewsItemPage.objects.annotate(number=Cast("pk", CharField())).filter(number__endswith="3")
    Page.objects.filter(pk__in=others.values("pk")).update(title="Something else")
    others.update(summary="Of something else.", publisher=None)
    for kind in TAGGED_ITEMS:
        TAGGED_ITEMS[kind]._default_manager.filter(content_object__in=others).delete()
    index_items(others)
    items = list(query.items())
    assert number_visible() / 2 < len(items) < number_visible() * 0.9
    facets = {facet.key: {choice.value: choice.count for choice in facet.choices} for facet in facets_of(query)}
    assert facets["type"] == Counter(item.item_type for item in items)
    assert facets["publisher"] == Counter(item.publisher.slug for item in items if item.publisher)
    assert facets["year"] == Counter(str(item.first_day.year) for item in items)
    for kind in TAGGED_ITEMS:
        slugs = (
            TAGGED_ITEMS[kind]._default_manager.filter(content_object__in=items).values_list("tag__slug", flat=True)
        )
        assert facets[kind] == Counter(slugs)


@on_postgresql
@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/news/?type=opinion", FIRST_DAY),
        ("/news/?page=90", FIRST_DAY),
        (f"/news/?q={RARE}", TEXT),
        (f"/news/?q={RARE}", "news_item_as_text"),
        (f"/search/?q={RARE}", TEXT),
        ("/news/feed.rss", "wagtailcore_page_first_published_at"),
    ],
)
def test_the_database_uses_its_indexes(address: str, index: str, client: Client) -> None:
    assert index in plans(client, address)


@on_postgresql
def test_the_items_with_counts_are_found_without_reading_every_body() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "news_item_with_counts" in NewsItemPage.objects.visible().filter(HAS_COUNTS).newest_first().explain()
