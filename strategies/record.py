"""What the record shows of a strategy without anybody listing it: where it is used, and with which components."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from impact.models import ImpactStat
from impact.shown import current_stats
from news.models import NewsItemComponent, NewsItemPage
from news.tagged_items import TAGGED_ITEMS
from site_core.page_cache.memoize import cache_is_bypassed, memoized
from site_core.taxonomy.clusters import Tag
from site_core.taxonomy.models import Kind, Term


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
    """Each page with where it is used and how many live figures it has."""
    pages = list(pages)
    in_news = (
        _places_in_news([page.term for page in pages if page.term]) if cache_is_bypassed() else _places_in_all_news()
    )
    figures = current_stats()
    return [_row(page, in_news.get(page.term_id, set()), figures) for page in pages]


def _row(page: Any, in_news: set[Tag], figures: list[ImpactStat]) -> StrategyRow:
    of_it = [stat for stat in figures if stat.strategy_id and stat.strategy_id == page.term_id]
    measured = {
        Tag(Kind.PLACE, stat.place.name, stat.place.slug) for stat in of_it if stat.place and stat.place.has_page
    }
    return StrategyRow(page, sorted(in_news | measured, key=lambda place: place.name), len(of_it))


@memoized
def _places_in_all_news() -> dict[int, set[Tag]]:
    """For whatever may have a page: its list, its own page and the home page ask the same."""
    return _places_in_news(list(Term.objects.exclude(kind=Kind.PLACE)))


def _places_in_news(terms: list[Term]) -> dict[int, set[Tag]]:
    """The places with a page that visible news items tie to each term, by its number: one query."""
    visible = NewsItemPage.objects.visible().values("pk")
    place = "content_object__place_tags__tag"
    first, *further = [
        TAGGED_ITEMS[kind]
        ._default_manager.filter(tag__in=[term.pk for term in terms if term.kind == kind], content_object__in=visible)
        .filter(**{f"{place}__has_page": True})
        .values_list("tag_id", f"{place}__name", f"{place}__slug")
        .distinct()
        for kind in TAGGED_ITEMS
        if kind != Kind.PLACE
    ]
    places: dict[int, set[Tag]] = {}
    for number, name, slug in first.union(*further):
        places.setdefault(number, set()).add(Tag(Kind.PLACE, name, slug))
    return places
