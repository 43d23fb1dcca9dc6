"""Views of places and of the search, which are not pages of the tree."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from home.places.card import description_of, shared_place
from home.places.map import locator
from home.places.records import places_with_a_page, strategies_in_records_of, uses_in
from home.places.states import state_of
from home.search.site_search import SiteSearch
from home.search.suggestions import suggestions
from home.search.unanswered import CountedResponse
from home.structured_data import place_claims
from impact.models import ImpactStat
from impact.shown import current_stats
from news.items import newest_about
from news.listing.query import get_term
from news.reported_counts import counts_in
from news.rows import ListedItem, NewsRow
from site_core.page_cache.headers import never_store
from site_core.page_cache.request_origin import is_from_this_site
from site_core.publishing.visibility import url_at
from site_core.taxonomy.clusters import concern_partner_violence
from site_core.taxonomy.models import Kind
from strategies.models import StrategyPage

NEWS_OF_A_PLACE = 12


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the page of a place. Redirects a former slug to the current one."""
    term = get_term(Kind.PLACE, slug)
    if term.slug != slug:
        return redirect("place", slug=term.slug, permanent=True)
    found = get_object_or_404(places_with_a_page(), pk=term.pk)
    stats = [stat for stat in current_stats() if stat.place_id == found.pk]
    uses, strategies = uses_in(found), strategies_in_records_of(found)
    used = {use.page_id for use in uses}
    rows = newest_about(found, NEWS_OF_A_PLACE)
    held = {"measured figures with their evidence": stats, "strategies": uses or strategies, "news": rows}
    description = description_of(found, [kind for kind, objects in held.items() if objects])
    context = {
        "place": found,
        "state": state_of(found),
        "locator": locator(found),
        "description": description,
        "shared": shared_place(request, found, description),
        "structured_data": place_claims(found, request),
        "stats": stats,
        "counts": counts_in(found),
        "uses": uses,
        # Strategies that stats and news connect with the place. That they are used there is not on record.
        "other_strategies": [strategy for strategy in strategies if strategy.pk not in used],
        "rows": rows,
        # The list, and with it the feeds.
        "news_url": url_at("news/"),
        "about_partner_violence": _concern_partner_violence(stats, [*strategies, *(use.page for use in uses)], rows),
    }
    return render(request, "home/place.html", context)


def _concern_partner_violence(
    stats: Iterable[ImpactStat], strategies: Iterable[StrategyPage], rows: Iterable[NewsRow[ListedItem]]
) -> bool:
    """Whether anything on the page of a place is about violence by a partner."""
    terms = [*(stat.strategy for stat in stats), *(page.term for page in strategies)]
    return any(term and term.concerns_partner_violence for term in terms) or concern_partner_violence(
        cluster for row in rows for cluster in row.clusters
    )


def search(request: HttpRequest) -> HttpResponse:
    """Render the results for `?q=`. Counts a search without a result, for the editors."""
    found = SiteSearch.of(request)
    page = render_to_string("home/search.html", {"search": found, "results": found.results}, request)
    is_unanswered = found.typed and not found.found_as_typed and not found.promoted
    # Robots, monitors and shared links do not show what visitors look for.
    is_counted = is_unanswered and found.number == 1 and is_from_this_site(request)
    response = CountedResponse(page, unanswered=found.typed if is_counted else "")
    if found.typed:
        never_store(response)
    return response


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Return names and titles that start with `?q=`, for the search box: {"suggestions": ["Oakland", …]}."""
    response = JsonResponse({"suggestions": suggestions(request.GET.get("q", ""))})
    never_store(response)
    return response
