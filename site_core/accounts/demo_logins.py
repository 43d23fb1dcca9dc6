"""The logins of a new local site: one for each role."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction

from site_core.accounts.models import User
from site_core.accounts.roles import Role


@dataclass(frozen=True)
class Login:
    """The credentials of one role."""

    role: Role
    email: str
    password: str


@transaction.atomic
def create_first_logins() -> list[Login]:
    """Create a login with a random password for each role. Does nothing if the site already has users."""
    if User.objects.exists():
        return []
    logins = [Login(role, f"{role.name.lower().replace('_', '-')}@example.org", _password()) for role in Role]
    for login in logins:
        user = User.objects.create_user(login.email, login.password, first_name="Local", last_name=login.role.value)
        user.groups.add(Group.objects.get(name=login.role))
    return logins


def _password() -> str:
    return secrets.token_urlsafe(12)
