"""The structured data of a news item's page.

A press mention is another publisher's article, so our page cites it. An item without publisher and link is our own
news.
"""

from collections.abc import Iterable
from typing import Protocol

from django.http import HttpRequest

from news.partial_date import PartialDate
from news.publishers import Publisher
from site_core.seo.structured_data import Claim, place, recorded, web_page
from site_core.taxonomy.clusters import Cluster
from site_core.taxonomy.models import Kind

# The schema.org type of the article, by type of item. The types Event and VideoObject require properties that are not
# on record here.
CITED_AS = {
    "news": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "podcast": "PodcastEpisode",
    "report": "Report",
    "case-study": "Article",
    "event": "CreativeWork",
    "video": "CreativeWork",
    "announcement": "CreativeWork",
}


class CitingItem(Protocol):
    """The attributes of a `NewsItemPage` that its structured data needs."""

    title: str
    summary: str
    link: str
    item_type: str
    author: str
    publisher: Publisher | None
    date: PartialDate | None

    @property
    def article_url(self) -> str: ...

    def get_url(self, request: HttpRequest) -> str | None: ...


def item_claims(item: CitingItem, clusters: Iterable[Cluster], request: HttpRequest) -> list[Claim]:
    """Describe our page: its subjects, and the article that it cites or, for our own news, its date."""
    further: dict[str, object] = {"about": [_subject(tag.kind, tag.name) for each in clusters for tag in each.tags]}
    if item.publisher or item.link:
        further["citation"] = _cited_article(item)
    else:
        further["datePublished"] = item.date.iso if item.date else ""
    return [web_page(request, item.get_url(request), item.title, item.summary, **further)]


def _cited_article(item: CitingItem) -> Claim:
    """Describe the article. Its date is as exact as it is known."""
    publisher = {"@type": "Organization", "name": item.publisher.name} if item.publisher else None
    return recorded(
        {
            "@type": CITED_AS[item.item_type],
            "name": item.title,
            "author": {"@type": "Person", "name": item.author} if item.author else None,
            "publisher": publisher,
            "datePublished": item.date.iso if item.date else "",
            "url": item.article_url,
        }
    )


def _subject(kind: str, name: str) -> Claim:
    return place(name) if kind == Kind.PLACE else {"@type": "Thing", "name": name}
