"""The tables that tie news items to terms, one for each kind."""

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from site_core.models import ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm
from site_core.taxonomy.models import Kind


class NewsItemPlace(ItemBase):
    """A place an item is about."""

    tag = models.ForeignKey(PlaceTerm, on_delete=models.CASCADE, related_name="place_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="place_ties")


class NewsItemInitiative(ItemBase):
    """An initiative an item is about."""

    tag = models.ForeignKey(InitiativeTerm, on_delete=models.CASCADE, related_name="initiative_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="initiative_ties")


class NewsItemStrategy(ItemBase):
    """A strategy an item is about."""

    tag = models.ForeignKey(StrategyTerm, on_delete=models.CASCADE, related_name="strategy_news_ties")
    content_object = ParentalKey("news.NewsItemPage", on_delete=models.CASCADE, related_name="strategy_ties")


class NewsItemComponent(ItemBase):
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
