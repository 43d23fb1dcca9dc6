"""Records what people in the admin change about accounts, roles and rules, whichever screen or bulk action they use.

Only what somebody who is signed in does: migrations and commands have no person.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.log_actions import get_active_log_context

from site_core.accounts.log import record
from site_core.accounts.models import User

# Changes of these say nothing about what somebody has decided.
_LEFT_OUT = {"id", "last_login", "second_step_due_at"}
_BEFORE = "_row_before_save"


def log_changes(*labels: str) -> None:
    """Declares that changes of these models are recorded, such as “publishing.ApprovalRules”."""
    for label in labels:
        pre_save.connect(_remember_row, sender=label)
        post_save.connect(_record_save, sender=label)
        post_delete.connect(_record_deletion, sender=label)


def connect() -> None:
    log_changes("accounts.User", "auth.Group", "wagtailcore.GroupPagePermission", "wagtailcore.GroupSitePermission")
    log_changes("wagtailcore.GroupCollectionPermission")
    m2m_changed.connect(_record_roles, sender=User.groups.through)
    m2m_changed.connect(_record_permissions, sender=Group.permissions.through)


def _somebody_is_at_work() -> bool:
    return get_active_log_context().user is not None


def _row_of(instance: models.Model) -> dict[str, Any]:
    names = [field.attname for field in instance._meta.concrete_fields if field.name not in _LEFT_OUT]
    return type(instance)._default_manager.filter(pk=instance.pk).values(*names).first() or {}


def _remember_row(instance: models.Model, **kwargs: object) -> None:
    if _somebody_is_at_work():
        setattr(instance, _BEFORE, _row_of(instance))


def _record_save(instance: models.Model, created: bool, **kwargs: object) -> None:
    if not _somebody_is_at_work():
        return
    if created:
        record("created", instance)
        return
    before, now = getattr(instance, _BEFORE, {}), _row_of(instance)
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    if changed.pop("password", None):
        record("password_changed", instance)
    if changed:
        details = {name: f"{before.get(name)} → {value}" for name, value in changed.items()}
        record("changed", instance, details=details)


def _record_deletion(instance: models.Model, **kwargs: object) -> None:
    if _somebody_is_at_work():
        record("deleted", instance)


def _record_roles(
    instance: User | Group, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: object
) -> None:
    """A bulk action adds people to a role (`reverse`), a form adds roles to a person."""
    if action not in ("post_add", "post_remove") or not pk_set or not _somebody_is_at_work():
        return
    people = User.objects.filter(pk__in=pk_set) if reverse else [instance]
    roles = [instance] if reverse else Group.objects.filter(pk__in=pk_set)
    change = {action.removeprefix("post_"): ", ".join(str(role) for role in roles)}
    for person in people:
        record("roles_changed", person, details=change)


def _record_permissions(
    instance: Group, action: str, model: type[models.Model], pk_set: set[int], **kwargs: object
) -> None:
    if action in ("post_add", "post_remove") and pk_set and _somebody_is_at_work():
        names = ", ".join(str(one) for one in model._default_manager.filter(pk__in=pk_set))
        record("permissions_changed", instance, details={action.removeprefix("post_"): names})
