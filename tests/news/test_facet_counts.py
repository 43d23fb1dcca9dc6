"""The counts of the facets are right for any combination of filters on many items."""

import time
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import connection

from news.item_types import ItemType
from news.listing.facets import LABELS, facets_of, relaxations_of
from news.listing.query import NewsQuery
from news.models import Publisher
from news.tagged_items import TAGGED_ITEMS
from site_core.publishing.visibility import hidden_pages
from site_core.taxonomy.models import Kind, Term
from tests.committed import counted_as_committed
from tests.factories.archive import WORDS, YEARS

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
COMBINATIONS = 100
MOST_QUERIES = 4
# The tables of tagged items, by kind of term.
TABLES = {str(kind): through._meta.db_table for kind, through in TAGGED_ITEMS.items()}


def counts_by_plain_sql(facet: str, asked: dict[str, str]) -> dict[str, int]:
    """Count the items of each value of a facet, by SQL that shares nothing with the tested code."""
    values = {"type": "n.item_type", "publisher": "b.slug", "year": "SUBSTR(CAST(n.first_day AS text), 1, 4)"}
    conditions = {key: f"{value} = %s" for key, value in values.items()}
    conditions["q"] = "n.summary LIKE '%%' || %s || '%%'"
    for kind, table in TABLES.items():
        conditions[kind] = (
            f"EXISTS (SELECT 1 FROM {table} o JOIN taxonomy_term s ON s.id = o.tag_id"  # noqa: S608
            " WHERE o.content_object_id = n.page_ptr_id AND s.slug = %s)"
        )
    others = {key: value for key, value in asked.items() if key != facet}
    tags = f"JOIN {TABLES.get(facet)} t ON t.content_object_id = p.id JOIN taxonomy_term k ON k.id = t.tag_id"
    statement = (
        f"SELECT {values.get(facet, 'k.slug')}, COUNT(DISTINCT p.id)"  # noqa: S608
        " FROM news_newsitempage n JOIN wagtailcore_page p ON p.id = n.page_ptr_id"
        f" LEFT JOIN news_publisher b ON b.id = n.publisher_id {tags if facet in TABLES else ''}"
        " WHERE p.live AND p.id NOT IN (SELECT page_id FROM wagtailcore_pageviewrestriction)"
        f" {' '.join('AND ' + conditions[key] for key in others)} GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(others.values()))
        return {value: number for value, number in cursor.fetchall() if value is not None}


def combinations() -> Iterator[dict[str, str]]:
    """Yield combinations of one to five filters, the same in every run."""
    random = Random(COMBINATIONS)  # noqa: S311
    values: dict[str, list[str]] = {
        kind: list(Term.objects.of_kind(kind).order_by("pk").values_list("slug", flat=True)) for kind in Kind.values
    }
    values |= {
        "type": list(ItemType.values),
        "publisher": list(Publisher.objects.order_by("pk").values_list("slug", flat=True)),
        "year": [str(year) for year in YEARS],
        "q": list(WORDS),
    }
    for _ in range(COMBINATIONS):
        keys = random.sample(list(values), random.choice((1, 2, 2, 3, 3, 4, 5)))
        # The first values have the most items, so that many combinations match some.
        yield {key: random.choice(values[key][: random.randint(1, len(values[key]))]) for key in keys}


def test_every_count_equals_that_of_plain_sql(archive: None, capsys: pytest.CaptureFixture[str]) -> None:
    began, found = time.process_time(), 0
    for asked in combinations():
        query = NewsQuery.from_parameters(asked)
        for facet in facets_of(query):
            counts = {choice.value: choice.count for choice in facet.choices}
            expected = counts_by_plain_sql(facet.key, asked)
            if facet.key in asked:
                expected.setdefault(asked[facet.key], 0)
            assert counts == expected, f"{facet.key} where {asked} is asked for"
            assert [choice.value for choice in facet.choices if choice.is_chosen] == [
                value for key, value in asked.items() if key == facet.key
            ]
        found += query.items().exists()
    spent = time.process_time() - began
    with capsys.disabled():
        print(f"\n{COMBINATIONS} combinations, {found} with items, in {spent:.1f} s of CPU time")  # noqa: T201
    assert COMBINATIONS / 4 < found < COMBINATIONS


@pytest.mark.parametrize("asked", [{}, {"q": WORDS[0]}, {"place": "example-place-1", "year": "2004", "q": WORDS[1]}])
def test_all_facets_together_cost_few_queries(
    asked: dict[str, str], archive: None, django_assert_max_num_queries: Any
) -> None:
    query = NewsQuery.from_parameters(asked)
    with counted_as_committed():
        hidden_pages()
        with django_assert_max_num_queries(MOST_QUERIES):
            facets = facets_of(query)
            relaxations_of(query)
    assert [facet.key for facet in facets] == list(LABELS)
