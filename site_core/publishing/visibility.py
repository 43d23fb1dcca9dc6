"""Whether the public can see something, and at which address."""

from typing import Any

from wagtail.documents.models import AbstractDocument
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction


def path_of(obj: Any) -> str:
    """The path of its public page, "" where it has none."""
    if isinstance(obj, Page):
        parts = obj.get_url_parts()
        return parts[2] if parts and parts[2] else ""
    return str(obj.get_absolute_url()) if hasattr(obj, "get_absolute_url") else ""


def is_public(obj: Any) -> bool:
    """Whether any visitor may see it: live, at an address of the site, and neither private nor below what is."""
    if isinstance(obj, Page):
        restricted = PageViewRestriction.objects.filter(page__path__in=_paths_down_to(obj))
        return obj.live and path_of(obj) != "" and not restricted.exists()
    if isinstance(obj, AbstractDocument):
        collections = CollectionViewRestriction.objects.filter(collection__path__in=_paths_down_to(obj.collection))
        return not collections.exists()
    return bool(getattr(obj, "live", True))


def _paths_down_to(node: Any) -> list[str]:
    """The place in the tree of everything a node stands below, and its own."""
    return [node.path[:end] for end in range(node.steplen, len(node.path) + 1, node.steplen)]
