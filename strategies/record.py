"""What the record shows of a strategy without anybody listing it: where it is used, and with which components."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Value

from impact.models import ImpactStat
from news.models import NewsItemComponent, NewsItemPage
from news.ties import TIES
from site_core.models import Term
from site_core.taxonomy.clusters import Tag
from site_core.taxonomy.models import Kind


@dataclass(frozen=True)
class StrategyRow:
    """A strategy's page with what the record holds for it."""

    page: Any
    places: list[Tag]
    figures: int


def components_of(news: Any, component_pages: Any) -> list[Any]:
    """The pages of the components that the strategy's news items are also tagged with."""
    tags = NewsItemComponent.objects.filter(content_object__in=news).values("tag_id")
    return list(component_pages.filter(term_id__in=tags))


def strategy_rows(pages: Iterable[Any]) -> list[StrategyRow]:
    """Each page with where it is used and how many live figures it has, in one query for all of them."""
    pages = list(pages)
    ties = _ties([page.term for page in pages if page.term])
    return [StrategyRow(page, *_summed_up([tie for tie in ties if tie.term_id == page.term_id])) for page in pages]


class _Tie(NamedTuple):
    """A term and a place that a live figure (`stat_id`) or a visible news item (None) ties together."""

    term_id: int
    stat_id: int | None
    place_name: str | None
    place_slug: str | None
    place_has_page: bool | None


def _ties(terms: list[Term]) -> list[_Tie]:
    ids = [term.pk for term in terms]
    figures = ImpactStat.objects.standing().filter(strategy_id__in=ids).order_by()
    rows = figures.values_list("strategy_id", "pk", "place__name", "place__slug", "place__has_page")
    visible = NewsItemPage.objects.visible().values("pk")
    place = "content_object__place_ties__tag"
    news = [
        TIES[kind]
        ._default_manager.filter(tag_id__in=ids, content_object__in=visible)
        .annotate(stat_id=Value(None, output_field=BigIntegerField()))
        .values_list("tag_id", "stat_id", f"{place}__name", f"{place}__slug", f"{place}__has_page")
        for kind in {term.kind for term in terms}
    ]
    return [_Tie(*row) for row in rows.union(*news)]


def _summed_up(ties: list[_Tie]) -> tuple[list[Tag], int]:
    """The places by name, and the number of figures."""
    places = {
        Tag(Kind.PLACE, tie.place_name, tie.place_slug)
        for tie in ties
        if tie.place_has_page and tie.place_name and tie.place_slug
    }
    figures = {tie.stat_id for tie in ties if tie.stat_id}
    return sorted(places, key=lambda place: place.name), len(figures)
