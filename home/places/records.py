"""What is on record for each place."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from home.places.states import state_of
from impact.models import ImpactStat
from news.listing.counts import facet_counts_of_all
from news.models import NewsItemPage, NewsItemStrategy
from site_core.taxonomy.models import Kind, PlaceTerm
from strategies.models import StrategyPage, rows_of_strategies
from strategies.uses import StrategyUse


@dataclass(frozen=True)
class PlaceRecord:
    """A place, with the pages of its strategies, the number of its figures and of the news items about it."""

    place: PlaceTerm
    strategies: list[StrategyPage]
    figures: int
    news: int

    @property
    def strategy_terms(self) -> set[int]:
        """The pks of the terms of its strategies."""
        return {page.term_id for page in self.strategies}

    @property
    def state(self) -> str:
        return state_of(self.place)


def places_with_a_page() -> QuerySet[PlaceTerm]:
    """Return the places with a page, by name. An archived place is among them, because other pages link to it."""
    places: QuerySet[PlaceTerm] = PlaceTerm.objects.filter(has_page=True).select_related("larger_place")
    return places


def places_on_record() -> list[PlaceRecord]:
    """Return every place in use that has a page, by name, with its strategies, current stats, visible news items."""
    strategies: dict[str, list[StrategyPage]] = {}
    for row in rows_of_strategies():
        for slug in row.place_slugs:
            strategies.setdefault(slug, []).append(row.page)
    news = {each.value: each.number for each in facet_counts_of_all() if each.facet == Kind.PLACE}
    stats = Count("place_stats", filter=Q(place_stats__in=ImpactStat.objects.standing()))
    # A query that groups rows leaves out the order of the model.
    places = places_with_a_page().filter(archived=False).annotate(stat_count=stats).order_by("name", "pk")
    return [
        PlaceRecord(place, strategies.get(place.slug, []), place.stat_count, news.get(place.slug, 0))
        for place in places
    ]


def uses_in(place: PlaceTerm) -> list[StrategyUse]:
    """Return what is on record of strategies in the place, in the order of their pages."""
    uses = StrategyUse.objects.filter(place_id=place.pk, page__in=StrategyPage.objects.visible())
    return list(uses.select_related("page__term").defer("page__body").order_by("page__path", "sort_order", "pk"))


def strategies_in_records_of(place: PlaceTerm) -> list[StrategyPage]:
    """Return the pages of the strategies of the place's current stats and of the visible news items about it."""
    stats = ImpactStat.objects.standing().filter(place_id=place.pk)
    tagged_items = NewsItemStrategy.objects.filter(content_object__in=NewsItemPage.objects.visible().about(place))
    is_named = Q(term_id__in=stats.values("strategy_id")) | Q(term_id__in=tagged_items.values("tag_id"))
    return list(StrategyPage.objects.visible().of_kind(Kind.STRATEGY).filter(is_named))
