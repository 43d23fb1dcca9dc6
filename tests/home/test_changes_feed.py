"""The feed of changes has the change notes of visible objects, and nothing else."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.changes_feed import FORMATS, MAX_ENTRIES
from impact.corrections import Correction
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import move_to_trash
from site_core.seo.feeds import JSON_FEED_VERSION
from tests import factories
from tests.committed import counted_as_committed
from tests.factories import SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOTE = "We corrected the year of the study."
QUERY_BUDGET = 8
every_format = pytest.mark.parametrize("form", FORMATS)


def change(obj: Any, note: str = NOTE, **fields: Any) -> Any:
    """Publish a change of the object with a change note."""
    newer = type(obj).objects.get(pk=obj.pk).get_latest_revision_as_object()
    for name, value in {**fields, "change_note": note}.items():
        setattr(newer, name, value)
    newer.save_revision().publish()
    return type(obj).objects.get(pk=obj.pk)


def entries(form: str = "json", **asked: str) -> list[Any]:
    response = Client().get(f"/changes/feed.{form}", asked)
    assert response.status_code == 200
    if form == "json":
        feed = json.loads(response.content)
        assert feed["version"] == JSON_FEED_VERSION
        return list(feed["items"])
    parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return list(parsed.entries)


def notes(**asked: str) -> list[str]:
    return [entry["summary"] for entry in entries(**asked)]


def page_at(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


@every_format
def test_an_entry_is_a_note_under_the_name_of_its_page(form: str, site_tree: SiteTree) -> None:
    assert entries(form) == []
    item = change(factories.NewsItemPageFactory(parent=site_tree.news), "Odd \x0b <b>signs</b> & “more”")
    stat = change(factories.ImpactStatFactory(place=factories.PlaceTermFactory(name="Example City")))
    figure, page = entries(form)
    assert (figure["title"], page["title"]) == (str(stat), item.title)
    assert page["link" if form == "atom" else "url"] == item.full_url
    assert figure["link" if form == "atom" else "url"].endswith(stat.get_absolute_url())
    assert page["id"] != figure["id"]
    assert "&lt;b&gt;signs&lt;/b&gt; &amp; “more”" in page["summary" if form == "atom" else "content_html"]


def draft(item: Any) -> None:
    item.change_note = "A draft note."
    item.save_revision()
    item.unpublish()


def private(item: Any) -> None:
    item.view_restrictions.create(restriction_type="login")


def below_a_private_page(item: Any) -> None:
    item.get_parent().view_restrictions.create(restriction_type="login")


def expired(item: Any) -> None:
    item.expire_at = timezone.now() + timedelta(hours=1)
    item.save_revision().publish()
    publish_due(timezone.now() + timedelta(hours=2))


def in_the_trash(item: Any) -> None:
    move_to_trash(item, factories.UserFactory(role="Administrator"))


def deleted(item: Any) -> None:
    item.delete()


@pytest.mark.parametrize("hide", [draft, private, below_a_private_page, expired, in_the_trash, deleted])
def test_a_hidden_object_has_no_entry(hide: Callable[[Any], None], site_tree: SiteTree) -> None:
    about = change(site_tree.about, "Seen by everybody.")
    item = change(factories.NewsItemPageFactory(parent=site_tree.news))
    assert notes() == [NOTE, about.change_note]
    hide(item)
    assert notes() == [about.change_note]


def test_a_figure_that_is_taken_down_is_gone_and_one_that_is_withdrawn_says_so(site_tree: SiteTree) -> None:
    stat = change(
        factories.ImpactStatFactory(),
        "We withdrew the figure.",
        correction=Correction.WITHDRAWN,
        correction_text="The source was retracted.",
        corrected_on=timezone.localdate(),
    )
    (entry,) = entries()
    assert entry["title"] == f"Withdrawn: {stat}"
    stat.unpublish()
    assert entries() == []


def test_an_entry_has_the_current_title(site_tree: SiteTree) -> None:
    item = change(factories.NewsItemPageFactory(parent=site_tree.news, title="With a name"))
    item.title, item.change_note = "Without one", ""
    item.save_revision().publish()
    (entry,) = entries()
    assert entry["title"] == "Without one"


def test_an_alias_has_no_entry_of_its_own(site_tree: SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home)
    page.create_alias(update_slug="alias")
    change(page)
    assert notes() == [NOTE]


def test_one_place(site_tree: SiteTree, client: Client) -> None:
    place = factories.PlaceTermFactory(name="Exampleburg", slug="exampleburg")
    change(factories.NewsItemPageFactory(parent=site_tree.news, places=[place]), "News there.")
    change(factories.ImpactStatFactory(place=place), "A figure there.")
    change(factories.ImpactStatFactory(), "A figure elsewhere.")
    change(factories.NewsItemPageFactory(parent=site_tree.news), "News elsewhere.")
    assert notes(place="exampleburg") == ["A figure there.", "News there."]
    assert "Changes: Exampleburg | " in client.get("/changes/feed.json?place=exampleburg").json()["title"]
    place.slug = "example-burg"
    place.save()
    moved = client.get("/changes/feed.atom?place=exampleburg")
    assert (moved.status_code, moved["Location"]) == (301, "/changes/feed.atom?place=example-burg")
    for slug in ("atlantis", "a\0", "x" * 999):
        assert client.get("/changes/feed.atom", {"place": slug}).status_code == 404
    page = page_at(client, "/feeds/?place=example-burg")
    assert page.select('head link[rel=alternate][href="/changes/feed.atom?place=example-burg"]')
    assert page.select('main a[href="/changes/feed.json?place=example-burg"]')


def test_pages_offer_it_once_they_have_an_entry_in_it(site_tree: SiteTree, client: Client) -> None:
    stat, item = factories.ImpactStatFactory(), factories.NewsItemPageFactory(parent=site_tree.news)
    objects = {site_tree.about.url: site_tree.about, item.url: item, stat.get_absolute_url(): stat}
    assert not page_at(client, "/feeds/").select("[href^='/changes/']")
    for address, obj in objects.items():
        for is_offered in (False, True):
            page = page_at(client, address)
            assert bool(page.select('head link[rel=alternate][href="/changes/feed.atom"]')) is is_offered
            assert bool(page.select('main a[href="/feeds/"]')) is is_offered
            change(obj)
    for part in ("head link", "main a"):
        assert page_at(client, "/feeds/").select(f'{part}[href="/changes/feed.atom"]')


def test_the_number_of_entries_and_of_queries_is_limited(site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ENTRIES == 50
    monkeypatch.setattr("home.changes_feed.MAX_ENTRIES", 4)
    for number in range(3):
        change(factories.ImpactStatFactory(), f"Change {number}.")
        change(factories.TextPageFactory(parent=site_tree.home), f"Change {number}.")
    for form in FORMATS:
        entries(form)
        with counted_as_committed():
            entries(form)
            with CaptureQueriesContext(connection) as queries:
                assert len(entries(form)) == 4, form
        assert len(queries) <= QUERY_BUDGET, form
        assert Client().post(f"/changes/feed.{form}").status_code == 405, form


def test_an_unchanged_feed_is_not_sent_again(site_tree: SiteTree, client: Client) -> None:
    item = change(factories.NewsItemPageFactory(parent=site_tree.news))
    first = client.get("/changes/feed.atom")
    assert client.get("/changes/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 304
    change(item, "Another change.")
    assert client.get("/changes/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 200
