"""`manage.py sync_roles`: make groups, permissions and workflow what site_core.accounts.roles says."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from site_core.accounts.roles import Role, sync_roles


class Command(BaseCommand):
    help = "Bring the roles, their permissions and the review workflow up to date. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            sync_roles()
        self.stdout.write(f"Roles are up to date: {', '.join(Role.values)}.")
