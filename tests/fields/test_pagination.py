"""A long list has pages, and its rows are counted only as far as people read."""

from typing import Any

import pytest
from django.http import Http404

from news.models import Publisher
from site_core.fields.pagination import MOST_COUNTED, ROWS_ON_A_PAGE, ListPage, number_in, page_counted_so_far
from site_core.fields.templatetags.counts import counted, in_full

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def many(number: int) -> Any:
    names = (f"Example Herald {count}" for count in range(number))
    Publisher.objects.bulk_create(Publisher(name=name, slug=name.lower().replace(" ", "-")) for name in names)
    return Publisher.objects.order_by("pk")


@pytest.mark.parametrize(
    ("rows", "total"), [(0, 0), (1, 1), (ROWS_ON_A_PAGE, 20), (MOST_COUNTED, 1_000), (MOST_COUNTED + 1, None)]
)
def test_rows_are_counted_up_to_a_thousand(rows: int, total: int | None) -> None:
    assert page_counted_so_far(many(rows), 1).total == total


def test_every_row_is_on_one_page_in_order() -> None:
    rows = many(MOST_COUNTED + 30)
    pages = [page_counted_so_far(rows, number) for number in range(1, 53)]
    assert [row for page in pages for row in page.rows] == list(rows)
    assert [page.start_index for page in pages[:3]] == [1, 21, 41]
    assert [page.number for page in pages if not page.has_next] == [52]
    assert {page.total for page in pages} == {page.pages for page in pages} == {None}
    assert not pages[0].has_previous and all(page.has_previous for page in pages[1:])


@pytest.mark.parametrize("rows", [0, ROWS_ON_A_PAGE, MOST_COUNTED + 1])
def test_a_page_beyond_the_last_is_not_found(rows: int) -> None:
    with pytest.raises(Http404):
        page_counted_so_far(many(rows), rows // ROWS_ON_A_PAGE + 2)


def test_an_empty_list_is_one_page() -> None:
    page = page_counted_so_far(many(0), 1)
    assert (page.rows, page.pages, page.has_other_pages) == ([], 1, False)


@pytest.mark.parametrize(("rows", "queries"), [(ROWS_ON_A_PAGE, 1), (ROWS_ON_A_PAGE + 1, 2), (MOST_COUNTED + 30, 2)])
def test_rows_that_fit_on_a_page_are_not_counted_again(
    rows: int, queries: int, django_assert_num_queries: Any
) -> None:
    listed = many(rows)
    with django_assert_num_queries(queries):
        page_counted_so_far(listed, 1)


def test_a_page_far_into_a_list_needs_no_count(django_assert_num_queries: Any) -> None:
    rows = many(MOST_COUNTED + 30)
    with django_assert_num_queries(1):
        assert page_counted_so_far(rows, MOST_COUNTED // ROWS_ON_A_PAGE).total is None


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "abc", "٢", "1" * 7, " 1"])
def test_text_that_is_no_page_number_is_not_found(text: str) -> None:
    with pytest.raises(Http404):
        number_in(text)


def test_text_that_is_a_page_number() -> None:
    assert [number_in(text) for text in ("", "1", "20", "999999")] == [1, 1, 20, 999_999]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((0, "no items"), (1, "1 item"), (24, "24 items"), (1_000, "1,000 items")),
        *((1_001, "more than 1,000 items"), (None, "more than 1,000 items")),
    ],
)
def test_a_count_in_words(number: int | None, words: str) -> None:
    assert counted(number, "item") == words


def test_a_count_without_a_noun() -> None:
    assert [counted(number) for number in (0, 1_000, 1_001)] == ["0", "1,000", "more than 1,000"]
    assert (in_full(96_700, "item"), in_full(4_835)) == ("96,700 items", "4,835")
    assert ListPage(1, [], 96_700).pages == 4_835
