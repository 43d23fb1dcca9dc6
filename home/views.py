"""Pages that stand for something other than a page of the tree: a place, and a search."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from home.map import locator
from home.place_card import shared_place
from home.places import places_with_a_page, strategies_used_in
from home.site_search import SiteSearch
from home.states import state_of
from impact.models import ImpactStat
from news.listing import term_at
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
    news = NewsItemPage.objects.visible().about(found).newest_first().select_related("publisher")
    stats = list(ImpactStat.objects.standing().filter(place_id=found.pk).with_evidence().in_order())
    strategies = strategies_used_in(found)
    rows = rows_of(news[:NEWS_ON_A_PLACE])
    context = {
        "place": found,
        "state": state_of(found),
        "locator": locator(found),
        "shared": shared_place(request, found),
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
    """Pages of the site that hold the words of `?q=`."""
    found = SiteSearch.from_parameters(request.GET)
    return render(request, "home/search.html", {"search": found})
