"""Who may act on whose account."""

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import QuerySet

from site_core.accounts.models import User
from site_core.accounts.roles import Role


def is_administrator(user: User | AnonymousUser) -> bool:
    """True for the role and for a superuser, who has every permission without a role."""
    return user.is_superuser or any(group.name == Role.ADMINISTRATOR for group in user.groups.all())


def may_manage(user: User | AnonymousUser, person: User) -> bool:
    """Whether the rank of `user` reaches as far as the account of `person`. Permissions are asked elsewhere."""
    if person.is_superuser:
        return user.is_superuser
    return is_administrator(user) or not is_administrator(person)


def assignable_roles(user: User | AnonymousUser) -> QuerySet[Group]:
    """The roles that `user` may give to somebody or take away."""
    groups = Group.objects.order_by("pk")
    if is_administrator(user):
        return groups
    return groups.filter(name__in=[Role.AUTHOR, Role.EDITOR, Role.MANAGING_EDITOR])
