"""Moving a page to the trash with all pages below it, and putting it back as it was.

Only a page's place in the tree, its slug and whether it is live change. Its row, tags, revisions and redirects stay,
so a page that is put back looks to the byte as it did.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_published, published

from site_core.chores.registry import deleted_message
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recording import because
from site_core.publishing.publishable import lock_row
from site_core.publishing.trash.contents import returning_pages, suspended_revisions
from site_core.publishing.trashed_page import KEPT_FOR, TrashedPage, is_in_trash, trash_root
from site_core.publishing.types import Actor

logger = logging.getLogger(__name__)


class CannotBeDeleted(Exception):
    """The page has to stay. str() is a sentence that says why."""


class CannotBePutBack(Exception):
    """The page cannot go where it is to go. str() is a sentence that says why, `field` what to change."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass
class PutBack:
    """A page that was put back.

    The lists hold the titles of pages that are scheduled again, that expired in the trash, and whose go-live passed.
    """

    page: Page
    scheduled: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def move_to_trash(page: Page, user: Actor) -> TrashedPage:
    """Unpublish a page and all pages below it, and move them to the trash.

    Raises CannotBeDeleted, and PermissionDenied if the user may not delete it, or no longer.
    Their reviews end. Their schedules are suspended.
    """
    with transaction.atomic(), because(Cause.DELETED, by=user):
        root = trash_root()
        lock_row(root)
        lock_row(page)
        page = Page.objects.get(pk=page.pk)
        if reason := deletion_refusal(page):
            raise CannotBeDeleted(reason)
        if user and not page.permissions_for_user(user).can_delete():
            raise PermissionDenied
        subtree = list(page.get_descendants(inclusive=True).specific())
        following = page.get_next_sibling()
        trashed = TrashedPage.objects.create(
            page=page,
            parent_pk=page.get_parent().pk,
            next_sibling_pk=following.pk if following else None,
            slug=page.slug,
            were_live=_live_with_aliases(subtree),
            schedules=_suspend_schedules(subtree),
            deleted_at=timezone.now(),
            deleted_by=str(user or ""),
        )
        for one in subtree:
            # Without a user: the permission is checked above, and Wagtail's log reads the request.
            one.unpublish()
            if review := one.current_workflow_state:
                review.cancel(user=user)
        log(instance=subtree[0], action="publishing.move_to_trash", user=user)
        _move(page, root, "last-child", slug=f"trashed-{page.pk}", user=user)
    return trashed


def deletion_refusal(page: Page) -> str:
    """A sentence that says why a page cannot be deleted, "" if it can."""
    if Site.objects.filter(root_page__path__startswith=page.path).exists():
        return "This is the site's home page. The site needs it, so it cannot be deleted."
    if is_in_trash(page):
        return "This page is already in the trash."
    return ""


def put_back(trashed: TrashedPage, parent: Page | None, slug: str, user: Actor) -> PutBack:
    """Put a page and all pages below it back as they were, below `parent`. Raises CannotBePutBack."""
    with transaction.atomic(), because(Cause.UNDONE, by=user):
        lock_row(trashed.page)
        page = trashed.page.specific
        parent = check_place(page, parent, slug)
        lock_row(parent)
        following = parent.get_children().filter(pk=trashed.next_sibling_pk).first()
        trashed.delete()
        _move(trashed.page, following or parent, "left" if following else "last-child", slug=slug, user=user)
        if slug != trashed.slug:
            draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
            draft.slug = slug
            draft.save_revision(user=user, clean=False)
        outcome = PutBack(page=Page.objects.get(pk=page.pk).specific)
        log(instance=outcome.page, action="publishing.put_back", user=user)
        _go_live_again(trashed, outcome)
        _resume_schedules(trashed, outcome)
        outcome.page.refresh_from_db()
    return outcome


def check_place(page: Page, parent: Page | None, slug: str) -> Page:
    """The parent, if the page may go below it with this slug. Raises CannotBePutBack."""
    if parent is None or is_in_trash(parent):
        raise CannotBePutBack("parent", "The page's former parent is gone. Choose another parent page.")
    if not page.can_move_to(parent):
        raise CannotBePutBack(
            "parent", f"A {page.get_verbose_name().lower()} cannot go below “{parent}”. Choose another parent page."
        )
    if taken := parent.get_children().filter(slug=slug).first():
        raise CannotBePutBack("slug", f"“{taken}” now ends in “{slug}”. Choose another web address ending.")
    page.slug = slug
    try:
        page.clean()
    except ValidationError as error:
        for sentence in getattr(error, "message_dict", {}).get("slug", []):
            raise CannotBePutBack("slug", sentence) from error
    return parent


def delete_forever(trashed: TrashedPage, user: Actor = None) -> None:
    """Delete the page and all pages below it. The ledger keeps what was public of them."""
    with transaction.atomic():
        lock_row(trashed.page)
        title = str(trashed.page)
        DeletePageAction(trashed.page.specific, user=user).execute(skip_permission_checks=True)
    logger.info("Deleted forever: “%s”, in the trash since %s", title, trashed.deleted_at.isoformat())


def empty_due(now: datetime) -> int:
    """Delete forever what has been in the trash for thirty days. Returns how many pages, without those below."""
    due = TrashedPage.objects.filter(deleted_at__lte=now - KEPT_FOR).select_related("page")
    emptied = 0
    for trashed in due:
        try:
            delete_forever(trashed)
        except Exception:
            # One page that cannot be deleted must not keep the others in the trash.
            logger.exception("Could not be deleted forever, and stays in the trash: page %s", trashed.page_id)
        else:
            emptied += 1
    return emptied


def empty_trash() -> str:
    """The chore: delete what is due. Returns a sentence that says how many pages."""
    return deleted_message(empty_due(timezone.now()), "page")


def _live_with_aliases(subtree: list[Page]) -> list[list[int | None]]:
    """[pk, live revision] of each live page, and of the live aliases elsewhere of one of them."""
    aliases = Page.objects.filter(alias_of__in=[one.pk for one in subtree], live=True)
    live = {one.pk: one.live_revision_id for one in [*subtree, *aliases] if one.live}
    return [[pk, revision_id] for pk, revision_id in live.items()]


def _suspend_schedules(subtree: list[Page]) -> dict[str, str]:
    """Cancel every scheduled go-live. The time of each, by the pk of its revision."""
    pks = [str(one.pk) for one in subtree]
    scheduled = Revision.page_revisions.filter(object_id__in=pks, approved_go_live_at__isnull=False)
    schedules = {str(one.pk): one.approved_go_live_at.isoformat() for one in scheduled}
    scheduled.update(approved_go_live_at=None)
    return schedules


def _move(page: Page, target: Page, position: str, *, slug: str, user: Actor) -> None:
    """Move the page and change its slug at once, because two deleted pages may have had the same slug."""
    Page.objects.filter(pk=page.pk).update(slug=slug)
    action = MovePageAction(Page.objects.get(pk=page.pk), target, pos=position, user=user)
    action.execute(skip_permission_checks=True)


def _go_live_again(trashed: TrashedPage, outcome: PutBack) -> None:
    """Make public what was public, except what would have expired since."""
    live_revisions = dict(trashed.were_live)
    returning, expired = returning_pages(trashed)
    for page in expired:
        page.expired = True
        page.save(clean=False)
        outcome.expired.append(str(page))
    for page in returning:
        _make_live(page, live_revisions[page.pk])


def _make_live(page: Page, revision_id: int | None) -> None:
    source = page.alias_of.specific if page.alias_of else page
    revision = Revision.page_revisions.filter(pk=revision_id or source.live_revision_id).first()
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


def _resume_schedules(trashed: TrashedPage, outcome: PutBack) -> None:
    """Schedule again what is still to come. A go-live that has passed is left to the editor."""
    for revision, at in suspended_revisions(trashed):
        if at > timezone.now():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
            outcome.scheduled.append(revision.object_str)
        else:
            outcome.missed.append(revision.object_str)
