"""Feeds in three formats, with Django's feed generators: RSS 2.0, Atom and JSON Feed 1.1.

The date of an entry is when its page was published on this site. The article that the page is about may have a date of
its own, and often only its month is known. That date is part of the entry's text.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import feedgenerator
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date, quote_etag
from django.utils.xmlutils import SimplerXMLGenerator

from site_core.publishing.ledger.publications import Publication

# Characters that XML 1.0 does not allow, not even escaped.
_INVALID_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"


def without_invalid_characters(text: str) -> str:
    """The text without the characters that XML does not allow."""
    return _INVALID_IN_XML.sub("", text)


@dataclass(frozen=True)
class FeedEntry:
    """A page of the site. `text` is HTML. `elsewhere` is the URL of the external article it is about, or ""."""

    identity: str
    url: str
    title: str
    summary: str
    text: str
    published: datetime | None
    updated: datetime
    tags: list[str]
    elsewhere: str


class SiteFeed(feedgenerator.SyndicationFeed):
    """The common part of all formats. The keyword `changed` is the date of an empty feed."""

    content_type: str

    def __init__(self, *, title: str, description: str, author_name: str, **options: Any) -> None:
        super().__init__(
            title=without_invalid_characters(title),
            description=without_invalid_characters(description),
            author_name=without_invalid_characters(author_name),
            **options,
        )

    def add_entry(self, entry: FeedEntry) -> None:
        self.add_item(
            title=without_invalid_characters(entry.title),
            link=entry.url,
            description=without_invalid_characters(entry.text),
            summary=without_invalid_characters(entry.summary),
            unique_id=entry.identity,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[without_invalid_characters(name) for name in entry.tags],
            elsewhere=iri_to_uri(entry.elsewhere),
        )

    def latest_post_date(self) -> datetime:
        """The newest entry, or `changed` for an empty feed. Django uses the current time for an empty feed."""
        changed: datetime = self.feed["changed"]
        return max((item["updateddate"] for item in self.items), default=changed)


class RssFeed(SiteFeed, feedgenerator.Rss201rev2Feed):
    """RSS 2.0. It has no element for an external article, so the text of the entry links to it."""


class AtomFeed(SiteFeed, feedgenerator.Atom1Feed):
    """Atom. The entry is our page, and the external article is a related link."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["elsewhere"]:
            handler.addQuickElement("link", "", {"href": item["elsewhere"], "rel": "related"})


class JsonFeed(SiteFeed):
    """JSON Feed 1.1 (jsonfeed.org)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[bytes], encoding: str) -> None:
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


def _json_item(item: dict[str, Any]) -> dict[str, object]:
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
    """The feed, or status 304 if the client has it already.

    Last-Modified is the newest row of the ledger, because taking an item down changes a feed too.
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
