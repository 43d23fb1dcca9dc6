"""The news feeds: valid in all three formats, with exact dates and the publisher of each article."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.feeds import FORMATS, MAX_ENTRIES
from news.models import NewsItemPage
from news.partial_date import PartialDate
from site_core.seo.feeds import JSON_FEED_VERSION
from tests import factories
from tests.committed import counted_as_committed
from tests.factories import NewsItemPageFactory, PlaceTermFactory, SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ATOM = "{http://www.w3.org/2005/Atom}"
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
QUERY_BUDGET = 8
ODD = "Odd \x0b signs ]]> & <b>not bold</b> \ufffe “quoted” 🙂 \u202e"
every_format = pytest.mark.parametrize("form", FORMATS)


def answer(client: Client, form: str, asked: dict[str, str] | None = None, **headers: str) -> Any:
    """Request a feed with these parameters, and headers such as `if_none_match`."""
    return client.get(
        f"/news/feed.{form}", asked or {}, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def read(client: Client, form: str, **asked: str) -> Any:
    """Return the feed as a feed reader sees it: parsed JSON, or the result of a feed parser."""
    response = answer(client, form, asked)
    assert response.status_code == 200
    assert response["Content-Type"] == f"{TYPES[form]}; charset=utf-8"
    if form == "json":
        return json.loads(response.content)
    parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def titles(client: Client, form: str, **asked: str) -> list[str]:
    found = read(client, form, **asked)
    return [entry["title"] for entry in (found["items"] if form == "json" else found.entries)]


def published_at(item: NewsItemPage, at: datetime) -> None:
    NewsItemPage.objects.filter(pk=item.pk).update(first_published_at=at, last_published_at=at)


def check_json_feed(feed: dict[str, Any]) -> None:
    """Check what jsonfeed.org requires of version 1.1."""
    assert feed["version"] == JSON_FEED_VERSION
    assert {type(feed[key]) for key in ("title", "home_page_url", "feed_url", "description", "language")} == {str}
    assert all(set(author) <= {"name", "url", "avatar"} for author in feed["authors"])
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    for item in feed["items"]:
        assert {type(item[key]) for key in ("id", "url", "title", "content_html")} == {str}
        for key in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[key]).tzinfo
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        assert "external_url" not in item or item["external_url"].startswith("http")
        assert "authors" not in item


def check_atom(document: bytes) -> None:
    """Check what RFC 4287 requires."""
    feed = ElementTree.fromstring(document)  # noqa: S314 (our own)
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (element,) = one.findall(ATOM + name)
            assert element.text
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "").tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name"), "Neither the feed nor its entries have an author."
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]


def check_rss(document: bytes) -> None:
    """Check what RSS 2.0 requires."""
    channel = ElementTree.fromstring(document).find("channel")  # noqa: S314 (our own)
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    for item in channel.findall("item"):
        assert all(item.findtext(name) for name in ("title", "link", "description", "pubDate", "guid"))
        assert item.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]


def check(form: str, document: bytes) -> None:
    if form == "json":
        check_json_feed(json.loads(document))
    else:
        {"atom": check_atom, "rss": check_rss}[form](document)


@every_format
def test_valid_with_everything_with_little_and_with_odd_signs(form: str, site_tree: SiteTree, client: Client) -> None:
    PlaceTermFactory(name="Example City")
    NewsItemPageFactory(
        parent=site_tree.news,
        title=ODD,
        summary=ODD,
        link="https://example.org/a?b=1&c=“2”",
        publisher=factories.PublisherFactory(name="A & B <Gazette>"),
        places=[PlaceTermFactory(name="Saint-Jérôme & <more>")],
    )
    NewsItemPageFactory(parent=site_tree.news, publisher=None, date=PartialDate(2018))
    check(form, answer(client, form).content)
    (odd, _) = sorted(titles(client, form), reverse=True)
    assert odd.startswith("Odd  signs ]]> &")


@every_format
def test_a_feed_without_entries_is_valid(form: str, site_tree: SiteTree, client: Client) -> None:
    place = PlaceTermFactory(name="Example City")
    first = answer(client, form, {"place": place.slug})
    check(form, first.content)
    assert titles(client, form, place=place.slug) == []
    assert answer(client, form, {"place": place.slug}).content == first.content


@every_format
def test_the_filters_of_the_list(form: str, site_tree: SiteTree, client: Client) -> None:
    place = PlaceTermFactory(name="Example City")
    both = NewsItemPageFactory(parent=site_tree.news, places=[place], item_type="opinion")
    NewsItemPageFactory(parent=site_tree.news, places=[place])
    NewsItemPageFactory(parent=site_tree.news, item_type="opinion")
    asked = {"type": "opinion", "place": place.slug}
    assert titles(client, form, **asked) == [both.title]
    found = read(client, form, **asked)
    names = (found["title"], found["home_page_url"]) if form == "json" else (found.feed.title, found.feed.link)
    assert names[0].startswith("News: Example City, Opinion | ")
    assert names[1].endswith(f"/news/?place={place.slug}&type=opinion")


@every_format
def test_an_invalid_filter_and_a_former_slug(form: str, site_tree: SiteTree, client: Client) -> None:
    for asked in ({"place": "atlantis"}, {"type": "gossip"}, {"year": "18"}, {"place": "a\0"}):
        assert answer(client, form, asked).status_code == 404
    term = PlaceTermFactory(name="Highpoint")
    term.slug = "high-point"
    term.save()
    moved = answer(client, form, {"place": "highpoint"})
    assert (moved.status_code, moved["Location"]) == (301, f"/news/feed.{form}?place=high-point")
    assert client.post(f"/news/feed.{form}").status_code == 405
    site_tree.news.unpublish()
    assert answer(client, form).status_code == 404


@every_format
def test_the_newest_here_come_first_and_no_entry_is_older_than_the_next(
    form: str, site_tree: SiteTree, client: Client
) -> None:
    noon = datetime(2026, 1, 5, 17, tzinfo=UTC)
    make = NewsItemPageFactory
    for title, date, at in (
        ("C", PartialDate(2014), noon + timedelta(days=1)),
        ("A", PartialDate(2018, 4), noon),
        ("B", PartialDate(2018, 3), noon + timedelta(hours=2)),
    ):
        published_at(make(parent=site_tree.news, title=title, date=date), at)
    assert titles(client, form) == ["C", "B", "A"]


@every_format
def test_the_number_of_entries_and_of_queries_is_limited(
    form: str, site_tree: SiteTree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_ENTRIES == 50
    monkeypatch.setattr("news.feeds.MAX_ENTRIES", 4)
    place = PlaceTermFactory()
    for _ in range(5):
        NewsItemPageFactory(parent=site_tree.news, places=[place])
    answer(client, form)
    with counted_as_committed():
        answer(client, form)
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(client, form)) == 4
    assert len(queries) <= QUERY_BUDGET


@every_format
def test_a_month_is_never_made_a_day(form: str, site_tree: SiteTree, client: Client) -> None:
    item = NewsItemPageFactory(parent=site_tree.news, date=PartialDate(2018, 4))
    at = datetime(2026, 1, 5, 17, 30, tzinfo=UTC)
    published_at(item, at)
    found = read(client, form)
    if form == "json":
        (entry,) = found["items"]
        assert entry["date_published"] == entry["date_modified"] == at.isoformat()
        text = entry["content_html"]
    else:
        (entry,) = found.entries
        read_date = parsedate_to_datetime if form == "rss" else datetime.fromisoformat
        assert read_date(entry.published) == at
        text = entry.summary
    assert "Date: April 2018." in text
    assert b"2018-04" not in answer(client, form).content


@every_format
def test_an_entry_names_the_publisher_of_the_article(form: str, site_tree: SiteTree, client: Client) -> None:
    link = "https://news.example.org/story"
    gazette = factories.PublisherFactory(name="Example Gazette")
    item = NewsItemPageFactory(parent=site_tree.news, link=link, publisher=gazette, author="Jo Sample")
    found = read(client, form)
    if form == "json":
        (entry,) = found["items"]
        assert entry["url"] == item.full_url
        assert entry["external_url"] == link
        text = entry["content_html"]
    else:
        (entry,) = found.entries
        assert entry.link == item.full_url
        text = entry.summary
    if form == "atom":
        assert {one["rel"]: one["href"] for one in entry.links} == {"alternate": item.full_url, "related": link}
    assert "Publisher: Example Gazette." in text
    assert f'<a href="{link}">Read it at Example Gazette</a>' in text
    assert "Jo Sample" not in answer(client, form).content.decode()


@every_format
def test_an_entry_stays_the_same_entry_under_another_slug(form: str, site_tree: SiteTree, client: Client) -> None:
    item = NewsItemPageFactory(parent=site_tree.news, slug="first")

    def identity() -> tuple[str, str]:
        found = read(client, form)
        entry = found["items"][0] if form == "json" else found.entries[0]
        return entry["id"], entry["url" if form == "json" else "link"]

    before = identity()
    item.slug = "second"
    item.save_revision().publish()
    after = identity()
    assert before[0] == after[0]
    assert before[1].endswith("/news/first/")
    assert after[1].endswith("/news/second/")


@every_format
def test_an_unchanged_feed_is_not_sent_again(form: str, site_tree: SiteTree, client: Client) -> None:
    item = NewsItemPageFactory(parent=site_tree.news)
    first = answer(client, form)
    for header in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        again = answer(client, form, **header)
        assert (again.status_code, again.content) == (304, b"")
    item.title = "Another title"
    item.save_revision().publish()
    assert answer(client, form, if_none_match=first["ETag"]).status_code == 200


@every_format
def test_taking_an_item_down_changes_the_feed(form: str, site_tree: SiteTree, client: Client) -> None:
    NewsItemPageFactory(parent=site_tree.news)
    item = NewsItemPageFactory(parent=site_tree.news)
    first = answer(client, form)
    item.unpublish()
    after = answer(client, form, if_none_match=first["ETag"])
    assert after.status_code == 200
    assert after["Last-Modified"] >= first["Last-Modified"]
    assert item.title not in after.content.decode()


def test_pages_link_to_their_feeds(site_tree: SiteTree, client: Client) -> None:
    place = PlaceTermFactory(name="Example City")
    NewsItemPageFactory(parent=site_tree.news, places=[place])
    asked = urlencode({"place": place.slug})
    for address, query in ((f"/places/{place.slug}/", asked), ("/news/", ""), (f"/news/?{asked}", asked)):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        wanted = {kind: f"/news/feed.{form}" + (f"?{query}" if query else "") for form, kind in TYPES.items()}
        assert {link["type"]: link["href"] for link in page.select("head link[href^='/news/']")} == wanted
        (link,) = page.select(".feeds a")
        assert link["href"] == "/feeds/" + (f"?{query}" if query else "")
        offered = BeautifulSoup(client.get(str(link["href"])).content, "html.parser")
        assert [link["href"] for link in offered.select("main a[href^='/news/']")] == list(wanted.values())
        assert {link["type"]: link["href"] for link in offered.select("head link[href^='/news/']")} == wanted
        for feed in wanted.values():
            assert client.get(feed).status_code == 200


def test_a_feed_is_offered_once_it_has_an_entry(site_tree: SiteTree, client: Client) -> None:
    page = BeautifulSoup(client.get("/news/").content, "html.parser")
    assert not page.select(".feeds, head link[href^='/news/feed']")
    offered = client.get("/feeds/")
    assert "No feed has an entry yet." in offered.content.decode()
    assert not BeautifulSoup(offered.content, "html.parser").select("[href*='feed.']")


def test_the_page_of_feeds_follows_a_former_slug_and_knows_no_other_filter(
    site_tree: SiteTree, client: Client
) -> None:
    place = PlaceTermFactory(name="Example City", slug="example-city")
    place.slug = "example-town"
    place.save()
    moved = client.get("/feeds/?place=example-city")
    assert (moved.status_code, moved["Location"]) == (301, "/feeds/?place=example-town")
    assert client.get("/feeds/?place=atlantis").status_code == 404


def test_the_home_page_links_to_the_feeds_of_all_news(site_tree: SiteTree, client: Client) -> None:
    def linked() -> dict[str, str]:
        page = BeautifulSoup(client.get("/").content, "html.parser")
        return {str(link["type"]): str(link["href"]) for link in page.select("head link[rel=alternate]")}

    with counted_as_committed():
        assert linked() == {kind: f"/news/feed.{form}" for form, kind in TYPES.items()}
    site_tree.news.unpublish()
    with counted_as_committed():
        assert linked() == {}
