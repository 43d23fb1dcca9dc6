"""The page that says what a feed is and offers those that have an entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.changes_feed import FORMATS as FORMATS_OF_CHANGES
from home.changes_feed import notes_on
from news.feeds import FORMATS as FORMATS_OF_NEWS
from news.feeds import with_query
from news.listing.query import NewsQuery
from site_core.page_cache.headers import never_store
from site_core.taxonomy.models import Kind

NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@require_safe
def feeds_page(request: HttpRequest) -> HttpResponse:
    """Render the page for all news or, with the query string of a news list, for what that list shows.

    Redirects a former slug to the current one. Raises Http404 for a filter value that does not exist.
    """
    query = NewsQuery.from_parameters(request.GET)
    if query.has_moved:
        return redirect(with_query(reverse("feeds"), query), permanent=True)
    place = next((term for term in query.terms if term.kind == Kind.PLACE), None)
    of_place = f"?place={place.slug}" if place else ""
    context = {
        "about": ", ".join(query.names),
        "query_string": query.query_string,
        "place": place,
        "has_news": query.items().exists(),
        "news_feeds": [(NAMES[form], with_query(reverse(f"news_feed_{form}"), query)) for form in FORMATS_OF_NEWS],
        "has_changes": notes_on(place).exists(),
        "change_feeds": [(NAMES[form], reverse(f"changes_feed_{form}") + of_place) for form in FORMATS_OF_CHANGES],
    }
    response = render(request, "home/feeds.html", context)
    if query.words:
        never_store(response)
    return response
