"""News feeds in three formats. They take the filters of the news list, so there is a feed of the news about Oakland.

An entry stands for our page about an article. It names the publisher and links to the article separately.
"""

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
from news.items import NewsItemPage, NewsItemQuerySet
from news.listing.query import NewsQuery
from news.rows import NewsRow, rows_of
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of
from site_core.pages.base import SitePageQuerySet
from site_core.seo.feeds import AtomFeed, FeedEntry, JsonFeed, RssFeed, SiteFeed, feed_response

MAX_ENTRIES = 50
DATING_NOTE = (
    "Entries are dated by when they were published on this site. "
    "The date of an article stands in its entry, as exactly as it is recorded."
)
FORMATS: dict[str, type[SiteFeed]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}


@require_safe
def news_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the feed of the visible items that match the filters. Redirects a former slug to the current one.

    Raises Http404 for a filter value that does not exist.
    """
    query = NewsQuery.from_parameters(request.GET)
    path = reverse(f"news_feed_{form}")
    if query.has_moved:
        return redirect(with_query(path, query), permanent=True)
    news = SitePageQuerySet(NewsIndexPage).visible().first()
    if news is None:
        raise Http404("There is no news list.")
    root_url, organization = root_url_of(request), OrganizationSettings.shown(request)
    about = f": {', '.join(query.names)}" if query.names else ""
    feed = FORMATS[form](
        title=f"{news.title}{about} | {organization.name}",
        description=" ".join(part for part in (news.summary, DATING_NOTE) if part),
        author_name=organization.name,
        link=with_query(news.get_full_url(request), query),
        feed_url=root_url + with_query(path, query),
        language=settings.LANGUAGE_CODE,
        changed=news.last_published_at,
    )
    for row in rows_of(newest_entries(query)):
        feed.add_entry(feed_entry(row, request))
    return feed_response(request, feed)


def with_query(url: str, query: NewsQuery) -> str:
    return f"{url}?{query.query_string}" if query.query_string else url


def newest_entries(query: NewsQuery) -> NewsItemQuerySet:
    """Return the items that were published here last, by day of publication, whatever their own date.

    The items of one day are in the order of the list, so an archive that is loaded at once keeps its order.
    """
    items = query.items()
    by_day = items.order_by(TruncDate("first_published_at").desc(), "-first_day", "-path")
    # Sorting a whole archive takes long, so earlier days than that of the last entry are filtered out.
    newest = items.order_by("-first_published_at").values_list("first_published_at", flat=True)
    for at in newest[MAX_ENTRIES - 1 : MAX_ENTRIES]:
        if at:
            start_of_day = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
            by_day = by_day.filter(first_published_at__gte=start_of_day)
    entries: NewsItemQuerySet = by_day.defer("body", "search_description")[:MAX_ENTRIES]
    return entries


def feed_entry(row: NewsRow[NewsItemPage], request: HttpRequest) -> FeedEntry:
    item = row.item
    return FeedEntry(
        # The host and the slug may change, so neither identifies an entry.
        identity=item.translation_key.urn,
        url=item.get_full_url(request),
        title=item.title,
        summary=item.summary,
        text=entry_html(item),
        published=item.first_published_at,
        updated=item.last_published_at,
        tags=[tag.name for cluster in row.clusters for tag in cluster.tags],
        elsewhere=item.link,
    )


def entry_html(item: NewsItemPage) -> str:
    """Return the summary, the type, publisher and date, and the link to the article."""
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
