"""A hidden object appears nowhere: in no list, feed, sitemap, search, suggestion, data file, card or page of a place.

The tests request every URL before and after the object becomes public, so a test of the wrong URLs fails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from news.models import NewsItemPage
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import move_to_trash, put_back
from site_core.publishing.trashed_page import TrashedPage
from site_core.taxonomy.models import PlaceTerm, StrategyTerm
from tests import factories
from tests.factories import SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

DAY = timedelta(days=1)
WORD = "Zephyrine"
FORMATS = ("rss", "atom", "json")


@dataclass
class Sight:
    """A public site with one place and one strategy."""

    tree: SiteTree
    place: PlaceTerm
    strategy: StrategyTerm
    more: list[str] = field(default_factory=list)
    private: set[str] = field(default_factory=set)

    def item(self, title: str, **fields: Any) -> NewsItemPage:
        found: NewsItemPage = factories.NewsItemPageFactory(
            parent=self.tree.news, title=title, places=[self.place], strategies=[self.strategy], **fields
        )
        return found

    @property
    def addresses(self) -> list[str]:
        """The URLs of all lists, feeds and searches."""
        narrowed = ("", f"?place={self.place.slug}", f"?strategy={self.strategy.slug}", f"?q={WORD}", "?year=2018")
        return [
            *("/", "/strategies/", "/places/", "/impact/", "/about/"),
            *(f"/news/{asked}" for asked in narrowed),
            *(f"/news/feed.{form}{asked}" for form in FORMATS for asked in narrowed),
            *("/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-places-1.xml", "/sitemap-figures-1.xml"),
            *(f"/search/?q={WORD}", f"/search/suggestions?q={WORD[:5]}"),
            *("/impact/figures.json", "/impact/figures.csv"),
            f"/places/{self.place.slug}/",
            f"/strategies/{self.strategy.slug}/",
            *self.more,
        ]

    def shown_at(self, title: str, slug: str) -> set[str]:
        """The URLs, without query strings, that show the title or the URL of an object."""
        found = set()
        for address in self.addresses:
            if address in self.private:
                continue
            response = Client().get(address)
            if response.status_code == 404 and address.startswith("/sitemap-"):
                continue
            assert response.status_code == 200, address
            source = unescape(response.getvalue().decode())
            if title in re.sub(r"<[^>]+>", "", source) or title in source or f"/{slug}/" in source:
                found.add(address.partition("?")[0])
        return found


@pytest.fixture
def sight(site_tree: SiteTree) -> Sight:
    """A site with a visible item beside the hidden object."""
    strategy = factories.StrategyTermFactory(name="Example Intervention")
    factories.StrategyPageFactory(parent=site_tree.strategies, term=strategy, slug=strategy.slug)
    sight = Sight(site_tree, factories.PlaceTermFactory(name="Example City"), strategy)
    site_tree.home.body = [("latest_news", {"heading": "News", "number": 6})]
    site_tree.home.body.append(("impact", {"heading": "Impact", "caution": "", "figures": [], "link": None}))
    site_tree.home.save_revision().publish()
    sight.more.append(sight.item("A visible neighbor").url)
    return sight


URLS_WITH_AN_ITEM = {
    *("/", "/news/", "/sitemap-pages-1.xml", "/search/", "/search/suggestions"),
    *(f"/news/feed.{form}" for form in FORMATS),
    *("/places/example-city/", "/strategies/example-intervention/"),
}


def draft(sight: Sight) -> tuple[Any, Callable[[], Any]]:
    item = sight.item(f"{WORD} headline", draft=True)
    return item, lambda: item.get_latest_revision().publish()


def scheduled(sight: Sight) -> tuple[Any, Callable[[], Any]]:
    item = sight.item(f"{WORD} headline", scheduled=True)
    return item, lambda: publish_due(timezone.now() + 2 * DAY)


def private(sight: Sight) -> tuple[Any, Callable[[], Any]]:
    item = sight.item(f"{WORD} headline")
    restriction = item.view_restrictions.create(restriction_type="login")
    return item, restriction.delete


def expired(sight: Sight) -> tuple[Any, Callable[[], Any]]:
    item = sight.item(f"{WORD} headline", expire_at=timezone.now() + DAY)
    publish_due(timezone.now() + 2 * DAY)
    item.refresh_from_db()

    def publish_again() -> None:
        item.expire_at = None
        item.save_revision().publish()

    return item, publish_again


def in_the_trash(sight: Sight) -> tuple[Any, Callable[[], Any]]:
    item = sight.item(f"{WORD} headline")
    editor = factories.UserFactory(role="Administrator")
    move_to_trash(item, editor)
    return item, lambda: put_back(TrashedPage.objects.get(), sight.tree.news, item.slug, editor)


@pytest.mark.parametrize("hide", [draft, scheduled, private, expired, in_the_trash])
def test_a_news_item(hide: Any, sight: Sight, client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        item, show = hide(sight)
    title, slug = item.title, item.slug
    assert sight.shown_at(title, slug) == set()
    assert client.get(f"/news/{slug}/").status_code in (302, 404)
    assert client.get(f"/cards/{item.pk}-0000.png").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        show()
    assert client.get(f"/news/{slug}/").status_code == 200
    assert sight.shown_at(title, slug) >= URLS_WITH_AN_ITEM


def test_a_newer_draft_of_what_is_public(sight: Sight, django_capture_on_commit_callbacks: Any) -> None:
    item = sight.item("An earlier headline")
    item.title, item.slug = f"{WORD} headline", "zephyrine-headline"
    with django_capture_on_commit_callbacks(execute=True):
        revision = item.save_revision()
    assert sight.shown_at(f"{WORD} headline", "zephyrine-headline") == set()
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert sight.shown_at(f"{WORD} headline", "zephyrine-headline") >= URLS_WITH_AN_ITEM


def test_a_page_below_a_private_page(sight: Sight, client: Client, django_capture_on_commit_callbacks: Any) -> None:
    restriction = sight.tree.about.view_restrictions.create(restriction_type="login")
    sight.private.add("/about/")
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.TextPageFactory(parent=sight.tree.about, title=f"{WORD} page")
    assert sight.shown_at(page.title, page.slug) == set()
    assert client.get(page.url).status_code == 302
    restriction.delete()
    assert sight.shown_at(page.title, page.slug) >= {"/search/", "/sitemap-pages-1.xml"}


def test_news_below_a_private_list(sight: Sight, client: Client) -> None:
    item = sight.item(f"{WORD} headline")
    restriction = sight.tree.news.view_restrictions.create(restriction_type="login")
    for address in ("/", "/sitemap-pages-1.xml", f"/search/?q={WORD}", f"/places/{sight.place.slug}/"):
        assert item.title not in client.get(address).getvalue().decode()
        assert item.slug not in client.get(address).getvalue().decode()
    assert [client.get(f"/news/feed.{form}").status_code for form in FORMATS] == [404, 404, 404]
    restriction.delete()
    assert sight.shown_at(item.title, item.slug) >= URLS_WITH_AN_ITEM - {"/search/", "/search/suggestions"}


@pytest.mark.parametrize("state", ["draft", "scheduled", "expired"])
def test_a_figure(state: str, sight: Sight, client: Client, django_capture_on_commit_callbacks: Any) -> None:
    given: Any = {"expire_at": timezone.now() + DAY} if state == "expired" else {state: True}
    with django_capture_on_commit_callbacks(execute=True):
        stat = factories.ImpactStatFactory(
            outcome=f"{WORD} incidents", place=sight.place, strategy=sight.strategy, slug="zephyrine", **given
        )
        if state == "expired":
            publish_due(timezone.now() + 2 * DAY)
            stat.refresh_from_db()
    shown = f"{WORD} incidents"
    assert sight.shown_at(shown, "zephyrine") == set()
    for address in ("/impact/zephyrine/", "/impact/zephyrine/embed/", "/impact/zephyrine/card-0000.png"):
        assert client.get(address).status_code == 404
    stat.expire_at = stat.go_live_at = None
    with django_capture_on_commit_callbacks(execute=True):
        stat.save_revision().publish()
    assert sight.shown_at(shown, "zephyrine") >= {
        *("/", "/impact/", "/impact/figures.json", "/impact/figures.csv", "/sitemap-figures-1.xml"),
        *("/places/example-city/", "/strategies/example-intervention/", "/search/"),
    }
