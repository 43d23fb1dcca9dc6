"""What putting back a deleted page would bring back."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from site_core.publishing.eastern import written_out
from site_core.publishing.trashed_page import TrashedPage, is_in_trash


@dataclass
class Contents:
    """Counts of what comes back, and a sentence for each page with a schedule."""

    below: int
    public: int
    tags: int
    redirects: int
    scheduled: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


def contents_of(trashed: TrashedPage) -> Contents:
    """What putting it back now would bring back."""
    subtree = list(trashed.page.get_descendants(inclusive=True).specific())
    returning, expired = returning_pages(trashed)
    contents = Contents(
        below=len(subtree) - 1,
        public=len(returning),
        tags=sum(_tag_count(page) for page in subtree),
        redirects=Redirect.objects.filter(redirect_page__in=subtree).count(),
        passed=[f"“{page}” does not become public again: its expiry has passed." for page in expired],
    )
    for revision, at in suspended_revisions(trashed):
        if at > timezone.now():
            contents.scheduled.append(f"“{revision.object_str}” goes live {written_out(at)}.")
        else:
            contents.passed.append(
                f"“{revision.object_str}” does not go live: it was scheduled for {written_out(at)}. Its draft is kept."
            )
    for page in returning:
        if page.expire_at:
            contents.scheduled.append(f"“{page}” comes down {written_out(page.expire_at)}.")
    return contents


def returning_pages(trashed: TrashedPage) -> tuple[list[Page], list[Page]]:
    """The pages that go live again, parents first, and those whose expiry has passed.

    An alias elsewhere that was deleted by itself since then stays in the trash.
    """
    pks = [pk for pk, _ in trashed.were_live]
    pages = [page.specific for page in Page.objects.filter(pk__in=pks, live=False).order_by("depth", "path")]
    pages = [page for page in pages if page.path.startswith(trashed.page.path) or not is_in_trash(page)]
    expired = [page for page in pages if page.expire_at and page.expire_at <= timezone.now()]
    return [page for page in pages if page not in expired], expired


def suspended_revisions(trashed: TrashedPage) -> list[tuple[Revision, datetime]]:
    """The revisions that were scheduled when the page was deleted, in time order."""
    times = {int(pk): datetime.fromisoformat(at) for pk, at in trashed.schedules.items()}
    revisions = Revision.page_revisions.filter(pk__in=times).defer("content")
    return sorted(((one, times[one.pk]) for one in revisions), key=lambda pair: pair[1])


def _tag_count(page: Page) -> int:
    relations = get_all_child_relations(type(page))
    tagged_items = [one.get_accessor_name() for one in relations if issubclass(one.related_model, ItemBase)]
    return sum(getattr(page, name).count() for name in tagged_items)
