"""What a user may do with one object, by Wagtail's own permissions of pages and snippets."""

from wagtail.models import Page
from wagtail.permissions import policy_registry

from site_core.publishing.types import Recorded, User


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
    return bool(Page.get_first_root_node() and "publish" in rights_at_root(user))


def rights_at_root(user: User) -> set[str]:
    """What the user may do to every page: “add”, “change”, “publish”, “bulk_delete”."""
    return rights_below(user, Page.get_first_root_node())


def rights_below(user: User, page: Page) -> set[str]:
    """What the user may do to a page and to its descendants."""
    if user.is_active and user.is_superuser:
        return {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
    return set(getattr(page.permissions_for_user(user), "permissions", ()))
