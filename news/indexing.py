"""News items are found by the names of their tags and publisher, so these change with them in the search index."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from news.items import NewsItemPage
from news.ties import TIES
from site_core.models import Term


def index_items(items: QuerySet[Any, Any]) -> None:
    """Bring the search index up to date. By itself it would read the tags of each item many times over."""
    found = list(items.select_related("publisher"))
    for through in TIES.values():
        name = through._meta.get_field("content_object").remote_field.related_name
        ties = defaultdict(list)
        for tie in through._default_manager.filter(content_object__in=items).select_related("tag"):
            ties[tie.content_object_id].append(tie)
        for item in found:
            setattr(item, str(name), ties[item.pk])
    get_search_backend().add_bulk(NewsItemPage, found)


def index_items_about(instance: Term, created: bool, **kwargs: Any) -> None:
    """After a term was saved."""
    if not created:
        index_items(NewsItemPage.objects.about(instance))


def index_items_of(instance: Any, created: bool, **kwargs: Any) -> None:
    """After a publisher was saved."""
    if not created:
        index_items(NewsItemPage.objects.filter(publisher=instance))
