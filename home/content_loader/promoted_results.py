"""Promoted results: the page that a search for certain words shows first."""

from django.db.models import Model
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family


class PromotedResults(Family):
    """The words that visitors use for what a page calls by another name."""

    name = "promoted result"
    file, section = "promoted_results.yaml", "promoted_results"
    name_field = "words"
    model = SearchPromotion
    shape = Shape({"words": str, "page": Refers("page"), "description": str}, required=("words", "page"))

    def make(self, entry: Entry) -> SearchPromotion:
        """Return a new promoted result, or the first that an editor has already made for the words."""
        query = Query.get(entry.name)
        return SearchPromotion.objects.filter(query=query).first() or SearchPromotion(query=query)

    def is_free(self, target: Model) -> bool:
        return target.pk is None

    def fill(self, target: SearchPromotion, entry: Entry) -> None:
        target.page = self.record.find(entry, "page", "page", entry.values["page"])
        if target.page is None:
            raise entry.error("page", "an editor has deleted that page. Remove this promoted result.")
        target.description = entry.values.get("description", "")
