"""Who may do what: the four roles and their permissions.

This is the policy. `sync_roles` makes the database agree with it after every migrate, as often as it is run.
Whoever may publish may also take down and delete: Wagtail ties the three together.
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
    """The four roles, by the names of their groups."""

    AUTHOR = "Author"
    EDITOR = "Editor"
    MANAGING_EDITOR = "Managing editor"
    ADMINISTRATOR = "Administrator"


REVIEWERS = (Role.EDITOR, Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
# What Wagtail's own migrations put in and our roles replace.
_STOCK_GROUPS = ("Editors", "Moderators")

# What each role may do besides what those below it may. Each app registers its own models in `AppConfig.ready()`.
_granted: dict[Role, set[str]] = {
    Role.AUTHOR: {"wagtailadmin.access_admin"},
    Role.EDITOR: set(),
    Role.MANAGING_EDITOR: set(),
}


def grant(role: Role, actions: str, *models_named: str) -> None:
    """Let a role and those above it do something to models, such as “add change” to “impact.impactstat”."""
    for app, model in (name.split(".") for name in models_named):
        _granted[role] |= {f"{app}.{action}_{model}" for action in actions.split()}


def _granted_to(role: Role) -> set[str]:
    """What a role may do and what those below it may, as “app.action_model”."""
    ranks = list(_granted)
    return set().union(*(_granted[rank] for rank in ranks[: ranks.index(role) + 1]))


# On every page, because they are given on the root of the tree.
_PAGE_PERMISSIONS = {
    Role.AUTHOR: ("add", "change"),
    Role.EDITOR: ("add", "change", "publish", "lock", "unlock"),
    Role.MANAGING_EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
# On the root collection, which holds every picture and document. Whoever may add one may change and delete what they
# added themselves; “change” is for everybody's. Without “choose” the choosers stay empty.
_MEDIA_PERMISSIONS = {
    Role.AUTHOR: ("add", "choose"),
    Role.EDITOR: ("add", "change", "choose"),
    Role.MANAGING_EDITOR: ("add", "change", "choose"),
    Role.ADMINISTRATOR: ("add", "change", "choose"),
}


def sync_roles() -> None:
    """Make groups and permissions what this module says. Running it again changes nothing."""
    # Somebody's own group of that name has people in it, and stays.
    Group.objects.filter(name__in=_STOCK_GROUPS, user=None).delete()
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions_of(role))
        _sync_page_permissions(group, _PAGE_PERMISSIONS[role])
        _sync_media_permissions(group, _MEDIA_PERMISSIONS[role])


def _permissions_of(role: Role) -> Iterable[Permission]:
    """The role's permissions; an Administrator has all that mean something in the admin."""
    if role == Role.ADMINISTRATOR:
        return Permission.objects.exclude(content_type__app_label__in=("contenttypes", "sessions"))
    labels = _granted_to(role)
    found = Permission.objects.filter(codename__in={label.split(".")[1] for label in labels}).select_related(
        "content_type"
    )
    return [one for one in found if f"{one.content_type.app_label}.{one.codename}" in labels]


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
    of_media = Permission.objects.filter(content_type__app_label__in=("wagtailimages", "wagtaildocs"))
    names = [f"{action}_{model}" for action in actions for model in ("image", "document")]
    wanted = of_media.filter(codename__in=names)
    held = GroupCollectionPermission.objects.filter(group=group, permission__in=of_media)
    held.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
