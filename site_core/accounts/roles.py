"""The four roles and their permissions.

`sync_roles` writes them to the database after every migrate. In Wagtail, the permission to publish a page includes
unpublishing and deleting it.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)


class Role(models.TextChoices):
    """The four roles. The values are the names of their groups."""

    AUTHOR = "Author"
    EDITOR = "Editor"
    MANAGING_EDITOR = "Managing editor"
    ADMINISTRATOR = "Administrator"


# What the forms that give a role say of it. Each role can do what the one before it can.
EXPLANATIONS = {
    Role.AUTHOR: "writes drafts and sends them for review. Publishes nothing.",
    Role.EDITOR: "also approves, publishes, schedules and takes down what others wrote.",
    Role.MANAGING_EDITOR: "also approves their own work, invites people, and keeps tags, redirects and the "
    "facts about the organization.",
    Role.ADMINISTRATOR: "can do everything, such as change Administrators and delete people.",
}


def explained(group: Group) -> str:
    """A role with what it may do, where it is chosen. Other groups have their name alone."""
    return f"{group.name}: {EXPLANATIONS[Role(group.name)]}" if group.name in Role.values else group.name


REVIEWERS = (Role.EDITOR, Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
# The groups that Wagtail's migrations create.
_STOCK_GROUPS = ("Editors", "Moderators")

# The permissions of each role beyond those of the role below. Apps add permissions in `AppConfig.ready()`.
_granted: dict[Role, set[str]] = {
    Role.AUTHOR: {"wagtailadmin.access_admin"},
    Role.EDITOR: set(),
    Role.MANAGING_EDITOR: set(),
}


def grant(role: Role, actions: str, *model_labels: str) -> None:
    """Grant actions on models to a role and the roles above it, such as “add change” on “impact.impactstat”."""
    for app, model in (label.split(".") for label in model_labels):
        _granted[role] |= {f"{app}.{action}_{model}" for action in actions.split()}


def _granted_to(role: Role) -> set[str]:
    """The permissions of a role and of the roles below it, as “app.action_model”."""
    ranks = list(_granted)
    return set().union(*(_granted[rank] for rank in ranks[: ranks.index(role) + 1]))


# Granted on the root of the page tree, and so on every page.
_PAGE_PERMISSIONS = {
    Role.AUTHOR: ("add", "change"),
    Role.EDITOR: ("add", "change", "publish", "lock", "unlock"),
    Role.MANAGING_EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
# Granted on the root collection, and so on every picture and document. With “add”, users can also change and delete
# what they added themselves. With “change”, they can do so for everything. Without “choose”, the choosers stay empty.
_MEDIA_PERMISSIONS = {
    Role.AUTHOR: ("add", "choose"),
    Role.EDITOR: ("add", "change", "choose"),
    Role.MANAGING_EDITOR: ("add", "change", "choose"),
    Role.ADMINISTRATOR: ("add", "change", "choose"),
}


def sync_roles() -> None:
    """Write groups and permissions to the database. Running it again changes nothing."""
    # A group of that name that has users is not the stock one.
    Group.objects.filter(name__in=_STOCK_GROUPS, user=None).delete()
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions_of(role))
        _sync_page_permissions(group, _PAGE_PERMISSIONS[role])
        _sync_media_permissions(group, _MEDIA_PERMISSIONS[role])


def _permissions_of(role: Role) -> Iterable[Permission]:
    """The permissions of a role. An Administrator has every permission that matters in the admin."""
    if role == Role.ADMINISTRATOR:
        return Permission.objects.exclude(content_type__app_label__in=("contenttypes", "sessions"))
    labels = _granted_to(role)
    codenames = {label.split(".")[1] for label in labels}
    candidates = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    return [one for one in candidates if f"{one.content_type.app_label}.{one.codename}" in labels]


def _sync_page_permissions(group: Group, actions: Iterable[str]) -> None:
    root = Page.get_first_root_node()
    wanted = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(Page), codename__in=[f"{action}_page" for action in actions]
    )
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _sync_media_permissions(group: Group, actions: Iterable[str]) -> None:
    root = Collection.get_first_root_node()
    media_permissions = Permission.objects.filter(content_type__app_label__in=("wagtailimages", "wagtaildocs"))
    names = [f"{action}_{model}" for action in actions for model in ("image", "document")]
    wanted = media_permissions.filter(codename__in=names)
    current = GroupCollectionPermission.objects.filter(group=group, permission__in=media_permissions)
    current.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
