"""Putting a page into the bin with all below it, and putting it back as it was.

Nothing of a page is written anew: its row, tags, revisions and redirects stay, only its place in the tree changes, and
whether it is live. What goes live again therefore looks as it did, to the byte.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_published, published

from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recording import because
from site_core.publishing.publishable import lock_row
from site_core.publishing.trash.contents import public_again, suspended
from site_core.publishing.trashed_page import KEPT_FOR, TrashedPage, is_in_trash, trash_root

logger = logging.getLogger(__name__)


class CannotBeDeleted(Exception):
    """The page has to stay. str() is the sentence that says why."""


class CannotBePutBack(Exception):
    """It does not fit where it is to go. str() is the sentence; `field` is what has to be chosen anew."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass
class PutBack:
    """A page that was put back, with the titles of those scheduled again and those whose time passed meanwhile."""

    page: Page
    scheduled: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def move_to_trash(page: Page, user: Any) -> TrashedPage:
    """Take a page and all below it off the site and into the bin. Raises CannotBeDeleted.

    Reviews under way end; schedules are kept, but nothing happens at their time.
    """
    with transaction.atomic(), because(Cause.DELETED, by=user):
        root = trash_root()
        lock_row(root)
        lock_row(page)
        page = Page.objects.get(pk=page.pk)
        if reason := reason_to_stay(page):
            raise CannotBeDeleted(reason)
        subtree = list(page.get_descendants(inclusive=True).specific())
        following = page.get_next_sibling()
        binned = TrashedPage.objects.create(
            page=page,
            parent_pk=page.get_parent().pk,
            next_sibling_pk=following.pk if following else None,
            slug=page.slug,
            were_live=_live_with_aliases(subtree),
            schedules=_suspend_schedules(subtree),
            deleted_at=timezone.now(),
            deleted_by=user,
        )
        for one in subtree:
            _take_down(one, user)
        log(instance=subtree[0], action="bin.put_in", user=user)
        _move(page, root, "last-child", slug=f"binned-{page.pk}", user=user)
    return binned


def reason_to_stay(page: Page) -> str:
    """Why a page cannot be deleted, "" if it can."""
    if Site.objects.filter(root_page__path__startswith=page.path).exists():
        return "This is the site's home page. The site cannot be without it, so it cannot be deleted."
    if is_in_trash(page):
        return "This page is in the bin already."
    return ""


def put_back(binned: TrashedPage, parent: Page | None, slug: str, user: Any) -> PutBack:
    """Put a page and all below it below `parent`, as it was. Raises CannotBePutBack."""
    with transaction.atomic(), because(Cause.UNDONE, by=user):
        lock_row(binned.page)
        page = binned.page.specific
        place = check_place(page, parent, slug)
        lock_row(place)
        following = place.get_children().filter(pk=binned.next_sibling_pk).first()
        binned.delete()
        _move(binned.page, following or place, "left" if following else "last-child", slug=slug, user=user)
        if slug != binned.slug:
            draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
            draft.slug = slug
            draft.save_revision(user=user, clean=False)
        outcome = PutBack(page=Page.objects.get(pk=page.pk).specific)
        log(instance=outcome.page, action="bin.put_back", user=user)
        _go_live_again(binned, outcome)
        _resume_schedules(binned, outcome)
        outcome.page.refresh_from_db()
    return outcome


def check_place(page: Any, parent: Page | None, slug: str) -> Page:
    """The page to put it below. Raises CannotBePutBack where it may not stand below `parent` under this address."""
    if parent is None or is_in_trash(parent):
        raise CannotBePutBack("parent", "The page it stood below is gone. Choose another one to put it below.")
    if not page.can_move_to(parent):
        raise CannotBePutBack(
            "parent", f"A {page.get_verbose_name().lower()} cannot stand below “{parent}”. Choose another page."
        )
    if taken := parent.get_children().filter(slug=slug).first():
        raise CannotBePutBack("slug", f"“{slug}” is now the address of “{taken}”. Choose another address.")
    page.slug = slug
    try:
        page.clean()
    except ValidationError as error:
        for sentence in getattr(error, "message_dict", {}).get("slug", []):
            raise CannotBePutBack("slug", sentence) from error
    return parent


def delete_for_good(binned: TrashedPage, user: Any = None) -> None:
    """Delete the page and all below it. The ledger keeps what was public of them."""
    with transaction.atomic():
        lock_row(binned.page)
        title = str(binned.page)
        DeletePageAction(binned.page.specific, user=user).execute(skip_permission_checks=True)
    logger.info("Deleted for good: “%s”, in the bin since %s", title, binned.deleted_at.isoformat())


def empty_due(now: datetime) -> int:
    """Delete for good what has been in the bin for its thirty days. How many pages were emptied from it."""
    due = TrashedPage.objects.filter(deleted_at__lte=now - KEPT_FOR).select_related("page")
    emptied = 0
    for binned in due:
        try:
            delete_for_good(binned)
        except Exception:
            # One page that cannot be deleted must not keep the others in the bin.
            logger.exception("Could not be deleted for good, and stays in the bin: page %s", binned.page_id)
        else:
            emptied += 1
    return emptied


def _live_with_aliases(subtree: list[Any]) -> list[list[int | None]]:
    """(number, live revision) of each live page, and of the live aliases elsewhere that follow one of them."""
    aliases = Page.objects.filter(alias_of__in=[one.pk for one in subtree], live=True)
    live = {one.pk: one.live_revision_id for one in [*subtree, *aliases] if one.live}
    return [[number, revision] for number, revision in live.items()]


def _suspend_schedules(subtree: list[Any]) -> dict[str, str]:
    numbers = [str(one.pk) for one in subtree]
    scheduled = Revision.page_revisions.filter(object_id__in=numbers, approved_go_live_at__isnull=False)
    schedules = {str(one.pk): one.approved_go_live_at.isoformat() for one in scheduled}
    scheduled.update(approved_go_live_at=None)
    return schedules


def _take_down(page: Any, user: Any) -> None:
    # Whoever calls has asked whether the user may delete. Who it is, Wagtail's log knows from the request.
    page.unpublish()
    if review := page.current_workflow_state:
        review.cancel(user=user)


def _move(page: Page, target: Page, position: str, *, slug: str, user: Any) -> None:
    """Move with another address at once: two deleted pages may have had the same one."""
    Page.objects.filter(pk=page.pk).update(slug=slug)
    action = MovePageAction(Page.objects.get(pk=page.pk), target, pos=position, user=user)
    action.execute(skip_permission_checks=True)


def _go_live_again(binned: TrashedPage, outcome: PutBack) -> None:
    """Make public what was, except what would have expired meanwhile."""
    live_revisions = dict(binned.were_live)
    returning, expired = public_again(binned)
    for page in expired:
        page.expired = True
        page.save(clean=False)
        outcome.expired.append(str(page))
    for page in returning:
        _make_live(page, live_revisions[page.pk])


def _make_live(page: Any, number: int | None) -> None:
    source = page.alias_of.specific if page.alias_of else page
    revision = Revision.page_revisions.filter(pk=number or source.live_revision_id).first()
    revision = revision or source.get_latest_revision() or source.save_revision(clean=False)
    page.live = True
    page.expired = False
    if not page.alias_of:
        page.live_revision = revision
        page.has_unpublished_changes = revision.pk != page.latest_revision_id
    page.save(clean=False)
    is_alias = {"alias": True} if page.alias_of else {}
    page_published.send(sender=type(page), instance=page, revision=revision, **is_alias)
    if not page.alias_of:
        published.send(sender=type(page), instance=page, revision=revision)


def _resume_schedules(binned: TrashedPage, outcome: PutBack) -> None:
    """Approve again what is still to come. What would have gone live meanwhile is left to its editor."""
    for revision, at in suspended(binned):
        if at > timezone.now():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
            outcome.scheduled.append(revision.object_str)
        else:
            outcome.missed.append(revision.object_str)
