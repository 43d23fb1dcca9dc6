"""Pages that stand for something other than a page of the tree: a place, and a search."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from home.places.card import shared_place
from home.places.map import locator
from home.places.records import places_with_a_page, strategies_used_in
from home.places.states import state_of
from home.search.site_search import SiteSearch
from home.search.suggestions import suggestions
from home.search.unanswered import CountedResponse, is_typed_by_hand
from home.structured_data import place_claims
from impact.models import ImpactStat
from impact.shown import current_stats
from news.listing.query import term_at
from news.models import NewsItemPage
from news.rows import NewsRow, rows_of
from site_core.taxonomy.clusters import concern_partner_violence
from site_core.taxonomy.models import Kind
from strategies.models import StrategyPage

NEWS_ON_A_PLACE = 12


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """What the record holds of one place. An address it had before leads on to the one it has."""
    term = term_at(Kind.PLACE, slug)
    if term.slug != slug:
        return redirect("place", slug=term.slug, permanent=True)
    found = get_object_or_404(places_with_a_page(), pk=term.pk)
    news = NewsItemPage.objects.visible().about(found).newest_first()
    stats = [stat for stat in current_stats() if stat.place_id == found.pk]
    strategies = strategies_used_in(found)
    rows = rows_of(news[:NEWS_ON_A_PLACE].listed())
    context = {
        "place": found,
        "state": state_of(found),
        "locator": locator(found),
        "shared": shared_place(request, found),
        "structured_data": place_claims(found, request),
        "stats": stats,
        "strategies": strategies,
        "rows": rows,
        "about_partner_violence": _concern_partner_violence(stats, strategies, rows),
    }
    return render(request, "home/place.html", context)


def _concern_partner_violence(
    stats: Iterable[ImpactStat], strategies: Iterable[StrategyPage], rows: Iterable[NewsRow]
) -> bool:
    """Whether anything that the page of a place shows is about violence by a partner."""
    terms = [*(stat.strategy for stat in stats), *(page.term for page in strategies)]
    return any(term and term.concerns_partner_violence for term in terms) or concern_partner_violence(
        cluster for row in rows for cluster in row.clusters
    )


def search(request: HttpRequest) -> HttpResponse:
    """What the site holds on the words of `?q=`. What visitors look for in vain is counted for the editors."""
    found = SiteSearch.of(request)
    page = render_to_string("home/search.html", {"search": found, "results": found.results}, request)
    in_vain = found.typed and not found.found_as_typed and found.number == 1 and is_typed_by_hand(request)
    response = CountedResponse(page, unanswered=found.typed if in_vain else "")
    if found.typed and not found.found_as_typed:
        # A stored page would count one visitor and no other.
        patch_cache_control(response, private=True, no_store=True)
    return response


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Names and titles that `?q=` may become, for the search box: {"suggestions": ["Oakland", …]}."""
    return JsonResponse({"suggestions": suggestions(request.GET.get("q", ""))})
