"""Pages do not depend on the order in which the database happens to store rows.

PostgreSQL returns rows of equal rank as they lie in the table, and each update of a row moves it. A page whose order
is left open would change with an update that nobody sees, while copies of it stay as they are.
"""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from site_core.page_cache.invalidation import generation
from strategies.uses import StrategyUse, UseKind
from tests import factories
from tests.contracts.stock import StockedSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite stores rows in the order of their keys."),
]


def read_rows_as_they_are_stored() -> None:
    """Keep PostgreSQL from plans that give rows an order by chance, such as that of an index or of hashes."""
    with connection.cursor() as cursor:
        for plan in ("indexscan", "indexonlyscan", "bitmapscan", "hashjoin", "mergejoin", "hashagg"):
            cursor.execute(f"SET LOCAL enable_{plan} = off")


def store_rows_the_other_way_around() -> None:
    """Rewrite every row, the last one first, as updates that change nothing do."""
    with connection.cursor() as cursor:
        # No trigger and no foreign key has anything to say about it.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            column = connection.ops.quote_name(connection.introspection.get_table_description(cursor, table)[0].name)
            cursor.execute(f"SELECT ctid::text FROM {name} ORDER BY ctid DESC")  # noqa: S608
            rows = cursor.fetchall()
            cursor.executemany(f"UPDATE {name} SET {column} = {column} WHERE ctid = %s::tid", rows)  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def add_equals(site: StockedSite) -> None:
    """Add rows that differ in nothing by which pages are sorted."""
    for name in ("same-title", "same-title-again"):
        factories.TextPageFactory(parent=site.tree.about, title="Equal titles", slug=name)
        factories.NewsItemPageFactory(parent=site.tree.news, title="Equal titles", slug=name, places=[site.place])
    page = site.page("StrategyPage")
    page.uses = [
        StrategyUse(place=site.place, kind=kind, source=f"An invented report about what is {kind}")
        for kind in UseKind.values
    ]
    page.save_revision().publish()


def lines_at(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response).decode().splitlines()


def addresses_of(site: StockedSite) -> list[str]:
    """Where rows become pages, lists, feeds and files."""
    search, news, tag = reverse("search"), site.tree.news.url, f"place={site.place.slug}"
    return [
        *site.addresses.values(),
        *(f"{search}?q={words}" for words in ("equal+titles", "example", "equal+nothing")),
        f"{reverse('search_suggestions')}?q=equal",
        *(f"{news}?{query}" for query in ("page=2", "q=example", tag, f"{tag}&strategy={site.strategy.slug}")),
        f"{site.tree.places.url}?strategy={site.strategy.slug}",
        *(reverse(name) for name in ("news_feed_atom", "changes_feed_atom", "stats_csv", "stats_json", "sitemap")),
        reverse("sitemap_file", args=["pages", 1]),
    ]


def test_pages_stay_as_they_are_when_rows_are_stored_in_another_order(client: Client, stocked: StockedSite) -> None:
    add_equals(stocked)
    addresses = addresses_of(stocked)
    read_rows_as_they_are_stored()
    before = {address: lines_at(client, address) for address in addresses}
    store_rows_the_other_way_around()
    generation.increment()
    assert {address: lines_at(client, address) for address in addresses} == before
