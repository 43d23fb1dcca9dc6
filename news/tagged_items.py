"""The tables that tie news items to terms, one for each kind."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, Kind, PlaceTerm, StrategyTerm


class NewsItemTie(ItemBase):
    """A term that an item is about, once."""

    class Meta:
        abstract = True
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "content_object"], name="%(class)s_once")]


class NewsItemPlace(NewsItemTie):
    """A place an item is about."""

    tag = models.ForeignKey(PlaceTerm, on_delete=models.CASCADE, related_name="place_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="place_ties")


class NewsItemInitiative(NewsItemTie):
    """An initiative an item is about."""

    tag = models.ForeignKey(InitiativeTerm, on_delete=models.CASCADE, related_name="initiative_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="initiative_ties")


class NewsItemStrategy(NewsItemTie):
    """A strategy an item is about."""

    tag = models.ForeignKey(StrategyTerm, on_delete=models.CASCADE, related_name="strategy_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="strategy_ties")


class NewsItemComponent(NewsItemTie):
    """A component an item is about."""

    tag = models.ForeignKey(ComponentTerm, on_delete=models.CASCADE, related_name="component_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="component_ties")


# For each kind, the table that ties items to terms.
TIES: dict[str, type[ItemBase]] = {
    Kind.PLACE: NewsItemPlace,
    Kind.INITIATIVE: NewsItemInitiative,
    Kind.STRATEGY: NewsItemStrategy,
    Kind.COMPONENT: NewsItemComponent,
}
