"""Whether somebody may publish or look at one object, page or snippet, asked of Wagtail's own permissions."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page
from wagtail.permissions import policy_registry

User = AbstractBaseUser | AnonymousUser


def may_publish(user: Any, obj: Any) -> bool:
    """Whether the user may decide what is public of it."""
    if isinstance(obj, Page):
        return bool(obj.permissions_for_user(user).can_publish())
    return bool(policy_registry.get(obj).user_has_permission_for_instance(user, "publish", obj))


def may_see(user: Any, obj: Any) -> bool:
    """Whether the user may edit it, or look at it in the admin."""
    if isinstance(obj, Page):
        rights = obj.permissions_for_user(user)
        return bool(rights.can_edit() or rights.can_publish())
    policy = policy_registry.get(obj)
    return bool(policy.user_has_any_permission_for_instance(user, ["change", "delete", "view", "publish"], obj))


def may_publish_pages(user: Any) -> bool:
    """Whether the user may publish anywhere in the site: Editors and those above them."""
    return bool(Page.get_first_root_node() and "publish" in rights_at_root(user))


def rights_at_root(user: Any) -> set[str]:
    """What the user may do to every page: “add”, “change”, “publish”, “bulk_delete”."""
    return rights_below(user, Page.get_first_root_node())


def rights_below(user: Any, page: Page) -> set[str]:
    """What the user may do to a page and to those below it."""
    if user.is_active and user.is_superuser:
        return {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
    return set(getattr(page.permissions_for_user(user), "permissions", ()))
