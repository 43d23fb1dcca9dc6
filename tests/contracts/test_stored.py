"""Everything public is stored, but for what visitors search for: rendered once, whoever asks and however often."""

from pathlib import Path

import pytest
from django.urls import reverse

from home.changes_feed import FORMATS as feeds_of_changes
from news.feeds import FORMATS as feeds_of_news
from news.listing.query import KEYS
from site_core.page_cache.store.request_key import query_keys
from tests.contracts.stock import StockedSite
from tests.page_cache.trials.asking import Counting, ask, in_this_transaction, store_in

pytestmark = pytest.mark.django_db

SEARCHES = (
    "/search/?q=example",
    "/search/?q=nothinglikethis",
    "/search/suggestions?q=exam",
    "/news/?q=example",
    "/news/feed.rss?q=example",
    "/feeds/?q=example",
)


def urls_of(site: StockedSite) -> list[str]:
    """Every page, and what machines read."""
    feeds = [reverse(f"news_feed_{form}") for form in feeds_of_news]
    feeds += [reverse(f"changes_feed_{form}") for form in feeds_of_changes]
    return [
        *site.addresses.values(),
        *feeds,
        reverse("feeds"),
        reverse("stat_embed", args=[site.stat.slug]),
        reverse("stats_csv"),
        reverse("stats_json"),
        reverse("sitemap"),
        reverse("sitemap_file", args=["pages", 1]),
        "/robots.txt",
    ]


def test_every_public_address_is_rendered_once(site: StockedSite, tmp_path: Path) -> None:
    django_site = Counting()
    store = store_in(tmp_path, django_site)
    addresses = [address for address in urls_of(site) if address not in SEARCHES]
    with in_this_transaction():
        for address in addresses:
            first, second = ask(store, address), ask(store, address)
            assert first == second, address
            assert first.status == 200, address
            tag = first.headers["etag"]
            assert ask(store, address, if_none_match=tag).status == 304, address
    assert django_site.renders == len(addresses)


@pytest.mark.parametrize("address", SEARCHES)
def test_what_visitors_search_for_is_never_stored(site: StockedSite, tmp_path: Path, address: str) -> None:
    django_site = Counting()
    store = store_in(tmp_path, django_site)
    with in_this_transaction():
        for _ in range(2):
            given = ask(store, address)
            assert (given.status, given.headers["cache-control"]) == (200, "private, no-store")
    assert django_site.renders == 2


def test_the_keys_that_pages_read_are_those_that_are_stored() -> None:
    feeds = {reverse(f"news_feed_{form}"): frozenset(KEYS) - {"q"} for form in feeds_of_news}
    feeds |= {reverse(f"changes_feed_{form}"): frozenset({"place"}) for form in feeds_of_changes}
    pages = {
        "/news/": frozenset({*KEYS, "page"} - {"q"}),
        "/feeds/": frozenset(KEYS) - {"q"},
        "/places/": frozenset({"strategy"}),
    }
    assert query_keys() == feeds | pages
