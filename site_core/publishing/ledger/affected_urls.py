"""The paths where the public sees the change that a row of the ledger records."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse

from site_core.publishing.ledger.publications import Publication


@dataclass(frozen=True)
class AffectedPaths:
    """The object's own path, the path that it had before the change, and the paths of what lists it.

    `itself` and `before` are "" where there is none.
    """

    itself: str
    before: str
    lists: list[str]


def affected_paths(row: Publication) -> AffectedPaths:
    before = rows_of_same_object(row).filter(pk__lt=row.pk).order_by("-pk").first()
    was_elsewhere = before is not None and before.is_public and before.path not in ("", row.path)
    left = before.path if before and was_elsewhere else ""
    lists = dict.fromkeys(("/", _parent(row.path), _parent(left), *_other_lists(row)))
    return AffectedPaths(row.path, left, [path for path in lists if path and path != row.path])


def rows_of_same_object(row: Publication) -> QuerySet[Publication]:
    """Every row of the row's object, without the content."""
    same = Publication.objects.filter(model_label=row.model_label, object_id=row.object_id)
    return same.defer("content", "references")


def _parent(path: str) -> str:
    """“/news/” for “/news/an-item/”, "" for "" and for the home page."""
    return path.rstrip("/").rpartition("/")[0] + "/" if path.strip("/") else ""


def _other_lists(row: Publication) -> list[str]:
    """The paths that the object's model declares.

    `listed_at` holds names of URL patterns, such as that of a feed. `verified_pages()` returns pages.
    """
    model = apps.get_model(row.model_label)
    listed = [reverse(name) for name in getattr(model, "listed_at", ())]
    if not hasattr(model, "verified_pages"):
        return listed
    obj = model._base_manager.filter(pk=row.object_id).first()
    return [*listed, *(page.url for page in obj.verified_pages() if page.url)] if obj else listed
