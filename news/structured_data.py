"""What the page of a news item says to machines.

A press mention is somebody else's article: ours is a page that cites it. What no publisher and no link is recorded
for is news of our own.
"""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from site_core.seo.structured_data import Claim, place, recorded, web_page
from site_core.taxonomy.clusters import Cluster
from site_core.taxonomy.models import Kind

if TYPE_CHECKING:
    from news.items import NewsItemPage

# What an item of each type is when it stands elsewhere. An event or a video has parts that are not on record here.
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


def item_claims(item: "NewsItemPage", clusters: list[Cluster], request: HttpRequest) -> list[Claim]:
    """Our page, with the article that it cites or, for news of our own, its date; and what it is about."""
    about = [_about(cluster.kind, tag.name) for cluster in clusters for tag in cluster.tags]
    further: dict[str, Any] = {"about": about}
    if item.publisher or item.link:
        further["citation"] = _cited(item)
    else:
        further["datePublished"] = item.date.iso if item.date else ""
    return [web_page(request, item.get_url(request), item.title, item.summary, **further)]


def _cited(item: "NewsItemPage") -> Claim:
    """The article, dated no more exactly than it is known."""
    publisher = {"@type": "Organization", "name": item.publisher.name} if item.publisher else None
    return recorded(
        {
            "@type": CITED_AS[item.item_type],
            "name": item.title,
            "publisher": publisher,
            "datePublished": item.date.iso if item.date else "",
            "url": item.link,
        }
    )


def _about(kind: str, name: str) -> Claim:
    return place(name) if kind == Kind.PLACE else {"@type": "Thing", "name": name}
