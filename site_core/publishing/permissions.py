"""What a user may do with one object: Wagtail's own permissions of pages and snippets, and what its state forbids.

A lock holds for everybody but the user who set it; a user who may unlock can do that first. Users who may not publish
delete and move only drafts of their own that were never public and are neither scheduled nor in review.
"""

from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from site_core.page_cache.memoize import memoized
from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.types import Actor, Draftable, Recorded, User


class PagePermissions(PagePermissionTester):
    """What a user may do with a page. Every view, bulk action and API of Wagtail asks this."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Wagtail asks this before it moves a page, too."""
        if not super().can_delete(ignore_bulk) or is_locked_for(self.user, self.page):
            return False
        return not self._has_locked_below() and (bool(self.can_publish()) or self._are_own_drafts())

    def can_unschedule(self) -> bool:
        return super().can_unschedule() and not is_locked_for(self.user, self.page)

    def can_set_view_restrictions(self) -> bool:
        return super().can_set_view_restrictions() and not is_locked_for(self.user, self.page)

    def _has_locked_below(self) -> bool:
        """Whether somebody else has locked a page below it. Lists ask this twice of each row, and most are leaves."""
        if self.page.is_leaf():
            return False
        return bool(self.page.get_descendants().filter(locked=True).exclude(locked_by=self.user).exists())

    def _are_own_drafts(self) -> bool:
        """Whether the user began the page and all below it, and none was ever public, is scheduled or is in review."""
        page = self.page
        if page.owner_id != self.user.pk or page.live or page.first_published_at:
            return False
        pages = page.get_descendants(inclusive=True)
        if pages.exclude(owner=self.user, live=False, first_published_at=None).exists():
            return False
        return not any(page.approved_schedule or page.workflow_in_progress for page in pages)


class SnippetPermissions(ModelPermissionPolicy):
    """What a user may do with a snippet that has drafts."""

    def user_has_permission_for_instance(self, user: User, action: str, instance: Draftable) -> bool:
        is_allowed = super().user_has_permission_for_instance(user, action, instance)
        return is_allowed and not (action == "delete" and is_locked_for(user, instance))


def is_locked_for(user: User, obj: Draftable) -> bool:
    """Whether somebody else has locked it."""
    return obj.locked and obj.locked_by_id != user.pk


def require_unlocked(user: Actor, obj: Draftable) -> None:
    """Raise ApprovalRefused if somebody else has locked it. A program may publish and unpublish it all the same."""
    if user and is_locked_for(user, obj):
        raise ApprovalRefused(f"“{obj}” is locked by {obj.locked_by or 'somebody'}. Unlock it first.")


def may_publish(user: User, obj: Recorded) -> bool:
    """Whether the user may publish and unpublish it."""
    if isinstance(obj, Page):
        return bool(obj.permissions_for_user(user).can_publish())
    return bool(policy_registry.get(obj).user_has_permission_for_instance(user, "publish", obj))


def may_see(user: User, obj: Recorded) -> bool:
    """Whether the user may edit it, or view it in the admin."""
    if isinstance(obj, Page):
        permissions = obj.permissions_for_user(user)
        return bool(permissions.can_edit() or permissions.can_publish())
    policy = policy_registry.get(obj)
    return bool(policy.user_has_any_permission_for_instance(user, ["change", "delete", "view", "publish"], obj))


def may_publish_pages(user: User) -> bool:
    """Whether the user may publish every page of the site."""
    return bool(root_page() and "publish" in rights_at_root(user))


def rights_at_root(user: User) -> set[str]:
    """What the user may do to every page: “add”, “change”, “publish”, “bulk_delete”."""
    return rights_below(user, root_page())


@memoized
def root_page() -> Page:
    """Menus ask for it several times on each screen."""
    return Page.get_first_root_node()


def rights_below(user: User, page: Page) -> set[str]:
    """What the user may do to a page and to its descendants."""
    if user.is_active and user.is_superuser:
        return {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
    return set(getattr(page.permissions_for_user(user), "permissions", ()))
