"""What the record shows of a strategy without anybody listing it: where it is used, and with which components."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from impact.models import ImpactStat
from news.items import TIES
from news.models import NewsItemComponent, NewsItemPage
from site_core.models import PlaceTerm, Term


@dataclass(frozen=True)
class StrategyRow:
    """A strategy's page with what the record holds for it."""

    page: Any
    places: list[PlaceTerm]
    figures: int


def components_of(news: Any, component_pages: Any) -> list[Any]:
    """The pages of the components that the strategy's news items are also tagged with."""
    tags = NewsItemComponent.objects.filter(content_object__in=news).values("tag_id")
    return list(component_pages.filter(term_id__in=tags))


def places_by_term(terms: Iterable[Term]) -> dict[int, list[PlaceTerm]]:
    """For each strategy, initiative or component: the places that a live figure or a visible item ties to it."""
    terms = list(terms)
    live_figures = ImpactStat.objects.live().filter(strategy_id__in=[term.pk for term in terms])
    pairs = set(live_figures.exclude(place=None).values_list("strategy_id", "place_id"))
    visible = NewsItemPage.objects.visible().values("pk")
    for kind in {term.kind for term in terms}:
        ties = TIES[kind]._default_manager.filter(
            tag_id__in=[term.pk for term in terms if term.kind == kind], content_object__in=visible
        )
        pairs |= set(ties.values_list("tag_id", "content_object__place_ties__tag_id"))
    places = PlaceTerm.objects.filter(pk__in={place_id for _, place_id in pairs}, has_page=True)
    return {term.pk: [place for place in places if (term.pk, place.pk) in pairs] for term in terms}


def figures_by_strategy() -> dict[int, int]:
    """How many live figures each strategy has."""
    counts = ImpactStat.objects.live().order_by().values("strategy_id").annotate(number=Count("pk"))
    return {row["strategy_id"]: row["number"] for row in counts}


def strategy_rows(pages: Iterable[Any]) -> list[StrategyRow]:
    """Each page with where its strategy is used and how many figures are on record for it."""
    pages = list(pages)
    places = places_by_term(page.term for page in pages if page.term)
    figures = figures_by_strategy()
    return [StrategyRow(page, places.get(page.term_id, []), figures.get(page.term_id, 0)) for page in pages]
