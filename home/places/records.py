"""What the record holds of each place."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from home.places.states import state_of
from impact.models import ImpactStat
from news.listing.counts import counted_in_all
from news.models import NewsItemPage, NewsItemStrategy
from site_core.taxonomy.models import Kind, PlaceTerm
from strategies.models import StrategyPage


@dataclass(frozen=True)
class PlaceRecord:
    """One place and how much is on record for it."""

    place: PlaceTerm
    figures: int
    news: int

    @property
    def state(self) -> str:
        return state_of(self.place)


def places_with_a_page() -> QuerySet[PlaceTerm]:
    """Places a visitor can open, by name. An archived one stays: what names it still links to it."""
    places: QuerySet[PlaceTerm] = PlaceTerm.objects.filter(has_page=True).select_related("larger_place")
    return places


def places_on_record() -> list[PlaceRecord]:
    """Every place in use that has a page, with how many live figures and visible news items name it."""
    news = {one.value: one.number for one in counted_in_all() if one.facet == Kind.PLACE}
    figures = Count("stats_there", filter=Q(stats_there__in=ImpactStat.objects.standing()))
    places = places_with_a_page().filter(archived=False).annotate(stat_count=figures)
    return [PlaceRecord(place, place.stat_count, news.get(place.slug, 0)) for place in places]


def strategies_used_in(place: PlaceTerm) -> list[StrategyPage]:
    """The pages of the strategies that a live figure or a visible news item ties to the place."""
    figures = ImpactStat.objects.standing().filter(place_id=place.pk)
    ties = NewsItemStrategy.objects.filter(content_object__in=NewsItemPage.objects.visible().about(place))
    named = Q(term_id__in=figures.values("strategy_id")) | Q(term_id__in=ties.values("tag_id"))
    return list(StrategyPage.objects.visible().strategies().filter(named))
