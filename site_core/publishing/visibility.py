"""Whether the public can see an object, and at which path."""

from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from site_core.publishing.types import Recorded


def path_of(obj: Recorded) -> str:
    """The path of its public page, "" if it has none."""
    if isinstance(obj, Page):
        parts = obj.get_url_parts()
        return parts[2] if parts and parts[2] else ""
    return str(obj.get_absolute_url()) if hasattr(obj, "get_absolute_url") else ""


def is_public(obj: Recorded) -> bool:
    """Whether every visitor may see it: live, with a URL if it is a page, and neither private nor below what is."""
    if isinstance(obj, Page):
        restricted = PageViewRestriction.objects.filter(page__path__in=_paths_down_to(obj))
        return obj.live and path_of(obj) != "" and not restricted.exists()
    if isinstance(obj, AbstractDocument):
        collections = CollectionViewRestriction.objects.filter(collection__path__in=_paths_down_to(obj.collection))
        return not collections.exists()
    return bool(getattr(obj, "live", True))


def _paths_down_to(node: Page | Collection) -> list[str]:
    """The tree paths of a node and of all its ancestors."""
    return [node.path[:end] for end in range(node.steplen, len(node.path) + 1, node.steplen)]
