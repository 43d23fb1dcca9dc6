"""The trash: for thirty days a deleted page and all pages below it can be put back. Then they are deleted forever.

The trash is a second root beside that of the site's tree. Roles have their permissions on the site's root, so in the
trash nobody may do anything, and no page has a URL.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from wagtail.models import Page

from site_core.publishing.permissions import root_page
from site_core.publishing.types import Recorded

KEPT_FOR = timedelta(days=30)
SLUG = "trash"

Pages = TypeVar("Pages", bound=QuerySet[Page])


class TrashedPage(models.Model):
    """The top of a deleted subtree, with all that is needed to put it back as it was."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="in_trash")
    parent_pk = models.BigIntegerField(help_text="The pk of its former parent.")
    next_sibling_pk = models.BigIntegerField(null=True, help_text="The pk of its former next sibling, null if none.")
    slug = models.CharField(max_length=255, help_text="Its former slug.")
    were_live = models.JSONField(default=list, help_text="The pk and the live revision of each page that was live.")
    schedules = models.JSONField(default=dict, help_text="The go-live of each suspended revision, by the pk of that.")
    deleted_at = models.DateTimeField()
    deleted_by = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page}, deleted {self.deleted_at.isoformat()}"

    @property
    def deleted_forever_at(self) -> datetime:
        return self.deleted_at + KEPT_FOR


def trash_root() -> Page:
    """The root of the trash, created when it is first needed."""
    root: Page | None = _trash_roots().first()
    return root or Page.add_root(instance=Page(title="Trash", slug=SLUG, live=False))


def is_in_trash(page: Page) -> bool:
    """Whether the page is below the root of the trash, or is that root."""
    top = page.path[: Page.steplen]
    return top != root_page().path and _trash_roots().filter(path=top).exists()


def refuse_in_trash(obj: Recorded) -> None:
    """Raise PermissionDenied for a page in the trash: not even a program may publish it."""
    if isinstance(obj, Page) and is_in_trash(obj):
        raise PermissionDenied(f"“{obj}” is in the trash. Restore it before you publish it.")


def outside_trash(pages: Pages) -> Pages:
    """The pages of a queryset that are not in the trash."""
    path = _trash_roots().values_list("path", flat=True).first()
    return pages.exclude(path__startswith=path) if path else pages


def _trash_roots() -> QuerySet[Page]:
    return Page.objects.filter(depth=1, slug=SLUG)
