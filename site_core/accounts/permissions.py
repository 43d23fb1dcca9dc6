"""Which users may manage which accounts."""

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import QuerySet, prefetch_related_objects

from site_core.accounts.models import User
from site_core.accounts.roles import Role


def role_names(user: User | AnonymousUser) -> set[str]:
    """The roles of a user. They are read once for each object, because every screen asks several times."""
    if user.is_anonymous:
        return set()
    prefetch_related_objects([user], "groups")
    return {group.name for group in user.groups.all()}


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether a user has the role Administrator or is a superuser."""
    return user.is_superuser or Role.ADMINISTRATOR in role_names(user)


def may_manage(user: User | AnonymousUser, person: User) -> bool:
    """Whether the rank of `user` is high enough for the account of `person`. Does not check permissions."""
    if person.is_superuser:
        return user.is_superuser
    return is_administrator(user) or not is_administrator(person)


def assignable_roles(user: User | AnonymousUser) -> QuerySet[Group]:
    """The roles that `user` may assign and remove."""
    groups = Group.objects.order_by("pk")
    if is_administrator(user):
        return groups
    return groups.filter(name__in=[Role.AUTHOR, Role.EDITOR, Role.MANAGING_EDITOR])
