"""News items are found by the names of their tags and publisher, so these change with them in the search index."""

from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from news.items import NewsItemPage
from site_core.taxonomy.models import Term

# A common tag stands on thousands, which are not held in memory at once.
ITEMS_AT_ONCE = 500


def index_items(items: QuerySet[Any, Any]) -> None:
    """Bring the search index up to date."""
    numbers = list(items.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(numbers), ITEMS_AT_ONCE):
        some = NewsItemPage.get_indexed_objects().filter(pk__in=numbers[first : first + ITEMS_AT_ONCE])
        get_search_backend().add_bulk(NewsItemPage, list(some))


def index_items_about(instance: Term, created: bool, **kwargs: Any) -> None:
    """After a term was saved."""
    if not created:
        index_items(NewsItemPage.objects.about(instance))


def index_items_of(instance: Any, created: bool, **kwargs: Any) -> None:
    """After a publisher was saved."""
    if not created:
        index_items(NewsItemPage.objects.filter(publisher=instance))
