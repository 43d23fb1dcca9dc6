"""Feeds in three formats: RSS 2.0, Atom and JSON Feed 1.1, over Django's own generators.

An entry is dated by when its page was published on this site. What the page is about may have a date of its own, of
which often only the month is known: that one stands in the entry's text, as exactly as it is recorded.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import feedgenerator
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date, quote_etag

from site_core.publishing.ledger.publications import Publication

# What XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"


def without_unwritable(text: str) -> str:
    """The text without the characters that no feed can carry."""
    return _NOT_IN_XML.sub("", text)


@dataclass(frozen=True)
class FeedEntry:
    """One page of ours. `text` is HTML; `elsewhere` is the address of the outside article it is about, or ""."""

    identity: str
    address: str
    title: str
    summary: str
    text: str
    published: datetime | None
    updated: datetime
    tags: list[str]
    elsewhere: str


class SiteFeed(feedgenerator.SyndicationFeed):
    """What the formats have in common. `changed` is the time that an empty feed is dated by."""

    content_type: str

    def __init__(self, *, title: str, description: str, author_name: str, **further: Any) -> None:
        super().__init__(
            title=without_unwritable(title),
            description=without_unwritable(description),
            author_name=without_unwritable(author_name),
            **further,
        )

    def add_entry(self, entry: FeedEntry) -> None:
        self.add_item(
            title=without_unwritable(entry.title),
            link=entry.address,
            description=without_unwritable(entry.text),
            summary=without_unwritable(entry.summary),
            unique_id=entry.identity,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[without_unwritable(name) for name in entry.tags],
            elsewhere=iri_to_uri(entry.elsewhere),
        )

    def latest_post_date(self) -> datetime:
        """Django's answer for an empty feed is the time of day."""
        changed: datetime = self.feed["changed"]
        return max((item["updateddate"] for item in self.items), default=changed)


class RssFeed(SiteFeed, feedgenerator.Rss201rev2Feed):
    """RSS 2.0. It has no element for an outside article, so the text of the entry links to it."""


class AtomFeed(SiteFeed, feedgenerator.Atom1Feed):
    """Atom, with the outside article as something related: the entry itself is our page."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["elsewhere"]:
            handler.addQuickElement("link", "", {"href": item["elsewhere"], "rel": "related"})


class JsonFeed(SiteFeed):
    """JSON Feed 1.1 (jsonfeed.org)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": JSON_FEED_VERSION,
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [_json_item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False, indent=1).encode(encoding))


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    entry = {
        "id": item["unique_id"],
        "url": item["link"],
        "external_url": item["elsewhere"],
        "title": item["title"],
        "summary": item["summary"],
        "content_html": item["description"],
        "date_published": item["pubdate"] and item["pubdate"].isoformat(),
        "date_modified": item["updateddate"].isoformat(),
        "tags": item["categories"],
    }
    return {key: value for key, value in entry.items() if value}


def feed_response(request: HttpRequest, feed: SiteFeed) -> HttpResponseBase:
    """The feed, or 304 for who has it already: nothing that the public sees was changed since, or it reads the same.

    The newest row of the ledger dates it, because an item that is taken down changes a feed as well.
    """
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    newest = Publication.objects.newest_first().values_list("at", flat=True).first()
    last_change = int(newest.timestamp()) if newest else None
    if last_change:
        response["Last-Modified"] = http_date(last_change)
    return get_conditional_response(request, etag=etag, last_modified=last_change, response=response) or response
