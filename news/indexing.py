"""Keeps the search index up to date with tags and publishers, by whose names news items are found."""

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from news.items import NewsItemPage
from news.publishers import Publisher
from site_core.tagging.indexing import indexes_by_itself
from site_core.taxonomy.models import Term

# A common tag has thousands of items, which are not held in memory at once.
BATCH_SIZE = 500


def index_items(items: "QuerySet[NewsItemPage]") -> None:
    """Write the items to the search index, in batches."""
    pks = list(items.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH_SIZE):
        batch = NewsItemPage.get_indexed_objects().filter(pk__in=pks[start : start + BATCH_SIZE])
        get_search_backend().add_bulk(NewsItemPage, list(batch))


def reindex_tagged_items(instance: Term, created: bool, **kwargs: object) -> None:
    """Receive `post_save` of a term, unless a change of tags saves it and indexes its items."""
    if not created and not indexes_by_itself():
        index_items(NewsItemPage.objects.about(instance))


def reindex_items_of_publisher(instance: Publisher, created: bool, **kwargs: object) -> None:
    """Receive `post_save` of a publisher."""
    if not created:
        index_items(NewsItemPage.objects.filter(publisher=instance))
