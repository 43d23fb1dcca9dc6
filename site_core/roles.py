"""Who may do what: the four roles, their permissions and the one review workflow.

This table is the policy. `sync_roles` makes the database agree with it after every migrate, as often as it is run.
Whoever may publish may also take down and delete: Wagtail ties the three together.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from site_core.publishing.review.approval import ReviewTask


class Role(models.TextChoices):
    """The four roles, by the names of their groups."""

    AUTHOR = "Author"
    EDITOR = "Editor"
    MANAGING_EDITOR = "Managing editor"
    ADMINISTRATOR = "Administrator"


REVIEWERS = (Role.EDITOR, Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
REVIEW = "Review"
# What Wagtail's own migrations put in and our roles replace.
_STOCK_GROUPS = ("Editors", "Moderators")
_STOCK_WORKFLOW = "Moderators approval"

_TERMS = ("placeterm", "initiativeterm", "strategyterm", "componentterm")
# Models that are sent through the review workflow besides pages.
_REVIEWED_MODELS = (("impact", "impactstat"), ("site_core", "alert"))


def _on(app: str, actions: str, *models_named: str) -> set[str]:
    """“app.action_model” for each action and model."""
    return {f"{app}.{action}_{model}" for action in actions.split() for model in models_named}


_AUTHOR = (
    {"wagtailadmin.access_admin"}
    | _on("impact", "add change view", "impactstat")
    | _on("impact", "view", "study")
    | _on("site_core", "add change view", "alert")
    | _on("site_core", "view", *_TERMS)
    | _on("news", "add view", "publisher")
)
_EDITOR = (
    _AUTHOR
    | _on("impact", "publish lock unlock delete", "impactstat")
    | _on("impact", "add change", "study")
    | _on("site_core", "publish lock unlock delete", "alert")
    | _on("news", "change", "publisher")
    | _on("wagtailsearchpromotions", "add change delete view", "searchpromotion")
    | _on("home", "view", "unansweredsearch")
)
_MANAGING_EDITOR = (
    _EDITOR
    | _on("impact", "delete", "study")
    | _on("news", "delete", "publisher")
    | _on("site_core", "add change", *_TERMS)
    | _on("site_core", "change view", "organizationsettings", "caresettings", "approvalrules")
    | _on("site_core", "add change view", "user")
    | _on("wagtailredirects", "add change delete view", "redirect")
    | _on("site_core", "add change delete view", "withdrawnaddress")
)
_PERMISSIONS = {Role.AUTHOR: _AUTHOR, Role.EDITOR: _EDITOR, Role.MANAGING_EDITOR: _MANAGING_EDITOR}

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
    """Make groups, permissions and the review workflow what this module says. Running it again changes nothing."""
    # Somebody's own group of that name has people in it, and stays.
    Group.objects.filter(name__in=_STOCK_GROUPS, user=None).delete()
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions_of(role))
        _sync_page_permissions(group, _PAGE_PERMISSIONS[role])
        _sync_media_permissions(group, _MEDIA_PERMISSIONS[role])
    _sync_workflow()


def _permissions_of(role: Role) -> Iterable[Permission]:
    """The role's permissions; an Administrator has all that mean something at the desk."""
    if role == Role.ADMINISTRATOR:
        return Permission.objects.exclude(content_type__app_label__in=("contenttypes", "sessions"))
    labels = _PERMISSIONS[role]
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


def _sync_workflow() -> None:
    """One review, by any of the roles that may publish, for every page and every reviewed model."""
    Workflow.objects.filter(name=_STOCK_WORKFLOW).delete()
    GroupApprovalTask.objects.filter(name=_STOCK_WORKFLOW).delete()
    workflow, _ = Workflow.objects.get_or_create(name=REVIEW)
    task = _review_task()
    task.groups.set(Group.objects.filter(name__in=REVIEWERS))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    for app, model in _REVIEWED_MODELS:
        content_type = ContentType.objects.get_by_natural_key(app, model)
        WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})


def _review_task() -> ReviewTask:
    """The task of the review. One of Wagtail's kind, as first released, becomes ours and keeps its number.

    The reviews that are running refer to it by that number.
    """
    if task := ReviewTask.objects.filter(name=REVIEW).first():
        return task
    released = GroupApprovalTask.objects.filter(name=REVIEW).first()
    if released is None:
        return ReviewTask.objects.create(name=REVIEW)
    task = ReviewTask(
        pk=released.pk,
        id=released.pk,
        name=REVIEW,
        active=released.active,
        content_type=ContentType.objects.get_for_model(ReviewTask),
    )
    task.save()
    released.delete(keep_parents=True)
    return task
