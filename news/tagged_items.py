"""The tables that tie news items to terms, one for each kind."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, Kind, PlaceTerm, StrategyTerm


class TaggedItem(ItemBase):
    """A term that an item is about, once."""

    class Meta:
        abstract = True
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "content_object"], name="%(class)s_once")]


class NewsItemPlace(TaggedItem):
    """A place an item is about."""

    tag = models.ForeignKey(PlaceTerm, on_delete=models.CASCADE, related_name="news_items_there")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="place_tags")


class NewsItemInitiative(TaggedItem):
    """An initiative an item is about."""

    tag = models.ForeignKey(InitiativeTerm, on_delete=models.CASCADE, related_name="news_items_of_initiative")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="initiative_tags")


class NewsItemStrategy(TaggedItem):
    """A strategy an item is about."""

    tag = models.ForeignKey(StrategyTerm, on_delete=models.CASCADE, related_name="news_items_of_strategy")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="strategy_tags")


class NewsItemComponent(TaggedItem):
    """A component an item is about."""

    tag = models.ForeignKey(ComponentTerm, on_delete=models.CASCADE, related_name="news_items_of_component")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="component_tags")


# For each kind, the table that ties items to terms.
TAGGED_ITEMS: dict[str, type[ItemBase]] = {
    Kind.PLACE: NewsItemPlace,
    Kind.INITIATIVE: NewsItemInitiative,
    Kind.STRATEGY: NewsItemStrategy,
    Kind.COMPONENT: NewsItemComponent,
}
