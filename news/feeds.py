"""News feeds in three formats. They take the filters of the news list, so there is a feed of the news about Oakland.

An entry stands for our page about an article. It names the publisher and links to the article separately.
"""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from news.index_page import NewsIndexPage
from news.items import NewsItemPage, NewsItemQuerySet
from news.listing.query import NewsQuery
from news.rows import NewsRow, rows_of
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.headers import never_store
from site_core.page_cache.root_url import root_url_of
from site_core.pages.base import SitePageQuerySet
from site_core.seo.feeds import AtomFeed, FeedEntry, JsonFeed, RssFeed, SiteFeed, feed_response

MAX_ENTRIES = 50
DATING_NOTE = (
    "Each entry has the date on which it was published on this site. "
    "The text of an entry gives the date of the article, as far as it is recorded."
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
    response = feed_response(request, feed)
    if query.words:
        never_store(response)
    return response


def with_query(url: str, query: NewsQuery) -> str:
    return f"{url}?{query.query_string}" if query.query_string else url


def newest_entries(query: NewsQuery) -> NewsItemQuerySet:
    """Return the items that were published here last, whatever their own date.

    An archive is loaded from its oldest item to its newest, so its entries are in the order of the list.
    """
    # Without the filter, PostgreSQL would sort the whole archive, because its index has only dated pages.
    items = query.items().filter(first_published_at__isnull=False).order_by("-first_published_at", "-path")
    entries: NewsItemQuerySet = items.defer("body", "search_description")[:MAX_ENTRIES]
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
        elsewhere=item.article_url,
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
    if item.article_url:
        at = f" at {item.publisher}" if item.publisher else ""
        text += format_html('<p><a href="{}">Read it{}</a></p>', item.article_url, at)
    return text
