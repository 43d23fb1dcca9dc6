"""News as feeds, filtered by the same query string as the list: “what is new about Oakland” is one address.

An entry is our page about an article. The article itself stands beside it as somebody else's, and its publisher is
named in words.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from news.index_page import NewsIndexPage
from news.items import NewsItemPage
from news.listing.query import NewsQuery
from news.rows import NewsRow, rows_of
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of
from site_core.pages.base import SitePageQuerySet
from site_core.seo.feeds import AtomFeed, FeedEntry, JsonFeed, RssFeed, SiteFeed, feed_response

MOST_ENTRIES = 50
HOW_DATED = (
    "Entries are dated by when they were published on this site. "
    "The date of an article stands in its entry, as exactly as it is recorded."
)
FORMATS: dict[str, type[SiteFeed]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}


@require_safe
def news_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """The items that `?place=…` and the other filters of the list ask for, as far as they are public.

    Raises Http404 for a filter that does not exist; a former address of one leads on to that of today.
    """
    query = NewsQuery.from_parameters(request.GET)
    path = reverse(f"news_feed_{form}")
    if query.has_moved:
        return redirect(with_query(path, query), permanent=True)
    news = SitePageQuerySet(NewsIndexPage).visible().first()
    if news is None:
        raise Http404("There is no list of news.")
    root_url, organization = root_url_of(request), OrganizationSettings.shown(request)
    about = f": {', '.join(query.names)}" if query.names else ""
    feed = FORMATS[form](
        title=f"{news.title}{about} | {organization.name}",
        description=" ".join(part for part in (news.summary, HOW_DATED) if part),
        author_name=organization.name,
        link=with_query(news.get_full_url(request), query),
        feed_url=root_url + with_query(path, query),
        language=settings.LANGUAGE_CODE,
        changed=news.last_published_at,
    )
    for row in rows_of(newest_entries(query)):
        feed.add_entry(entry_of(row, request))
    return feed_response(request, feed)


def with_query(address: str, query: NewsQuery) -> str:
    return f"{address}?{query.query_string}" if query.query_string else address


def newest_entries(query: NewsQuery) -> Any:
    """The items published here last, whatever their own date: an old article that is new here is new to a follower.

    Those of one day stand as in the list, so that a day's work, or a whole archive loaded at once, comes in its order.
    """
    items = query.items()
    by_day = items.order_by(TruncDate("first_published_at").desc(), "-first_day", "-path")
    # No day before that of the last one is read: to put a whole archive in order takes long.
    newest = items.order_by("-first_published_at").values_list("first_published_at", flat=True)
    for at in newest[MOST_ENTRIES - 1 : MOST_ENTRIES]:
        if at:
            by_day = by_day.filter(first_published_at__gte=beginning_of_day(at))
    return by_day.defer("body", "search_description")[:MOST_ENTRIES]


def beginning_of_day(at: datetime) -> datetime:
    return localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def entry_of(row: NewsRow, request: HttpRequest) -> FeedEntry:
    item: NewsItemPage = row.item
    return FeedEntry(
        # A slug may change, and so may the host.
        identity=item.translation_key.urn,
        address=item.get_full_url(request),
        title=item.title,
        summary=item.summary,
        text=text_of(item),
        published=item.first_published_at,
        updated=item.last_published_at,
        tags=[tag.name for cluster in row.clusters for tag in cluster.tags],
        elsewhere=item.link,
    )


def text_of(item: NewsItemPage) -> str:
    """The summary, what kind of piece it is, whose and of when, and where it stands: as HTML."""
    facts = [
        item.label,
        f"Publisher: {item.publisher}" if item.publisher else "",
        f"Date: {item.date}" if item.date else "",
    ]
    known = ". ".join(fact for fact in facts if fact)
    text = format_html("<p>{}</p>", item.summary) + (format_html("<p>{}.</p>", known) if known else "")
    if item.link:
        at = f" at {item.publisher}" if item.publisher else ""
        text += format_html('<p><a href="{}">Read it{}</a></p>', item.link, at)
    return text
