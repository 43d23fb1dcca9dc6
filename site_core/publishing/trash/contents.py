"""What comes back with a deleted page, said before it is put back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from site_core.publishing.eastern import written_out
from site_core.publishing.trashed_page import TrashedPage, is_in_trash


@dataclass
class Contents:
    """Numbers of what comes back, and a sentence for each object that has a time."""

    below: int
    public: int
    tags: int
    redirects: int
    scheduled: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def contents_of(binned: TrashedPage) -> Contents:
    """What putting it back would bring back now."""
    subtree = list(binned.page.get_descendants(inclusive=True).specific())
    returning, expired = public_again(binned)
    contents = Contents(
        below=len(subtree) - 1,
        public=len(returning),
        tags=sum(_number_of_tags(page) for page in subtree),
        redirects=Redirect.objects.filter(redirect_page__in=subtree).count(),
        passed=[f"“{page}” does not become public again: it was to be taken down before now." for page in expired],
    )
    for revision, at in suspended(binned):
        if at > timezone.now():
            contents.scheduled.append(f"“{revision.object_str}” goes live {written_out(at)}.")
        else:
            when = written_out(at)
            contents.passed.append(
                f"“{revision.object_str}” does not go live: its time was {when}. Its draft is kept."
            )
    for page in returning:
        if page.expire_at:
            contents.scheduled.append(f"“{page}” is taken down {written_out(page.expire_at)}.")
    return contents


def public_again(binned: TrashedPage) -> tuple[list[Any], list[Any]]:
    """The pages that were public and are to be again, parents first, and those whose expiry passed meanwhile.

    An alias elsewhere that was since deleted on its own account stays in the bin.
    """
    numbers = [number for number, _ in binned.were_live]
    pages = [page.specific for page in Page.objects.filter(pk__in=numbers, live=False).order_by("depth", "path")]
    own = binned.page.path
    pages = [page for page in pages if page.path.startswith(own) or not is_in_trash(page)]
    expired = [page for page in pages if page.expire_at and page.expire_at <= timezone.now()]
    return [page for page in pages if page not in expired], expired


def suspended(binned: TrashedPage) -> list[tuple[Revision, datetime]]:
    """What was scheduled when it was deleted, by its time."""
    times = {int(number): datetime.fromisoformat(written) for number, written in binned.schedules.items()}
    revisions = Revision.page_revisions.filter(pk__in=times).defer("content")
    return sorted(((one, times[one.pk]) for one in revisions), key=lambda pair: pair[1])


def _number_of_tags(page: Any) -> int:
    relations = get_all_child_relations(type(page))
    ties = [one.get_accessor_name() for one in relations if issubclass(one.related_model, ItemBase)]
    return sum(getattr(page, name).count() for name in ties)
