"""The bin: a deleted page and all below it wait thirty days before they are gone, and can be put back until then.

The bin is a root of its own beside that of the site's tree. Roles have their rights on the site's root, so in the bin
nobody may do anything, and no address leads there.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.models import Page

KEPT_FOR = timedelta(days=30)
SLUG = "bin"


class TrashedPage(models.Model):
    """The top of a deleted subtree, with what it takes to put it back as it was."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="in_trash")
    parent_pk = models.BigIntegerField(help_text="The page it stood below.")
    next_sibling_pk = models.BigIntegerField(null=True, help_text="The page it stood before, if not the last.")
    slug = models.CharField(max_length=255, help_text="The end of its address there.")
    were_live = models.JSONField(default=list, help_text="Number and live revision of each page that was public.")
    schedules = models.JSONField(default=dict, help_text="The go-live of each suspended revision, by its number.")
    deleted_at = models.DateTimeField()
    deleted_by = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page}, deleted {self.deleted_at.isoformat()}"

    @property
    def deleted_for_good_at(self) -> datetime:
        return self.deleted_at + KEPT_FOR


def trash_root() -> Page:
    """The root below which deleted pages stand, made when it is first needed."""
    root: Page | None = _trash_roots().first()
    return root or Page.add_root(instance=Page(title="Bin", slug=SLUG, live=False))


def is_in_trash(page: Any) -> bool:
    """Whether the page is deleted, as one of those below the bin or as the bin itself."""
    return bool(_trash_roots().filter(path=page.path[: Page.steplen]).exists())


def refuse_in_trash(obj: Any) -> None:
    """Raise PermissionDenied for a deleted page: nothing of it may become public, whoever asks."""
    if isinstance(obj, Page) and is_in_trash(obj):
        raise PermissionDenied(f"“{obj}” is in the bin. Put it back before it is published.")


def outside_trash(pages: Any) -> Any:
    """Those of a queryset of pages that are not deleted."""
    root = _trash_roots().first()
    return pages.exclude(path__startswith=root.path) if root else pages


def _trash_roots() -> Any:
    return Page.objects.filter(depth=1, slug=SLUG)
