"""`manage.py sync_roles`: writes the roles and their permissions to the database."""

from django.core.management.base import BaseCommand
from django.db import transaction

from site_core.accounts.roles import Role, sync_roles


class Command(BaseCommand):
    help = "Bring the roles and their permissions up to date. Running it again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        with transaction.atomic():
            sync_roles()
        self.stdout.write(f"Roles are up to date: {', '.join(Role.values)}.")
