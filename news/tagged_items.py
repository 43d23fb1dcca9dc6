"""The tables that tag news items with terms, one for each kind of term."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, Kind, PlaceTerm, StrategyTerm


class TaggedItem(ItemBase):
    """One tag of one item. The database allows each tag once per item."""

    class Meta:
        abstract = True
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "content_object"], name="%(class)s_once")]


class NewsItemPlace(TaggedItem):
    """A place that an item is about."""

    tag = models.ForeignKey(PlaceTerm, on_delete=models.CASCADE, related_name="news_items_there")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="place_tags")


class NewsItemInitiative(TaggedItem):
    """An initiative that an item is about."""

    tag = models.ForeignKey(InitiativeTerm, on_delete=models.CASCADE, related_name="news_items_of_initiative")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="initiative_tags")


class NewsItemStrategy(TaggedItem):
    """A strategy that an item is about."""

    tag = models.ForeignKey(StrategyTerm, on_delete=models.CASCADE, related_name="news_items_of_strategy")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="strategy_tags")


class NewsItemComponent(TaggedItem):
    """A component that an item is about."""

    tag = models.ForeignKey(ComponentTerm, on_delete=models.CASCADE, related_name="news_items_of_component")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="component_tags")


TAGGED_ITEMS: dict[str, type[ItemBase]] = {
    Kind.PLACE: NewsItemPlace,
    Kind.INITIATIVE: NewsItemInitiative,
    Kind.STRATEGY: NewsItemStrategy,
    Kind.COMPONENT: NewsItemComponent,
}
