"""Where the public sees what a row of the ledger tells of: its own address, the one before, and what lists it."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse

from site_core.publishing.ledger.publications import Publication


@dataclass(frozen=True)
class ShownAt:
    """Paths. `itself` and `before`, where it stood until then, are "" where there is none."""

    itself: str
    before: str
    lists: list[str]


def shown_at(row: Publication) -> ShownAt:
    before = neighbors(row).filter(pk__lt=row.pk).order_by("-pk").first()
    was_elsewhere = before is not None and before.is_public and before.address not in ("", row.address)
    left = before.address if was_elsewhere else ""
    lists = dict.fromkeys(("/", _parent(row.address), _parent(left), *_other_lists(row)))
    return ShownAt(row.address, left, [path for path in lists if path and path != row.address])


def neighbors(row: Publication) -> Any:
    """The rows of the same object."""
    same = Publication.objects.filter(model_label=row.model_label, object_id=row.object_id)
    return same.defer("content", "references")


def _parent(path: str) -> str:
    """The address one step up: “/news/” of “/news/an-item/”, "" of none and of the home page."""
    return path.rstrip("/").rpartition("/")[0] + "/" if path.strip("/") else ""


def _other_lists(row: Publication) -> list[str]:
    """The addresses of what else shows it, where its model names that.

    `listed_at` holds the names of addresses, such as that of a feed; `verified_pages` gives pages.
    """
    model: Any = apps.get_model(row.model_label)
    named = [reverse(name) for name in getattr(model, "listed_at", ())]
    if not hasattr(model, "verified_pages"):
        return named
    obj = model._base_manager.filter(pk=row.object_id).first()
    return [*named, *(page.url for page in obj.verified_pages() if page.url)] if obj else named
