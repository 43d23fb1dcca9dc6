"""`manage.py empty_trash`: deletes forever what has been in the trash for thirty days."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from site_core.publishing.trash.trashing import empty_due


class Command(BaseCommand):
    help = "Delete forever the pages that have been in the trash for thirty days."

    def handle(self, *args: object, **options: object) -> None:
        emptied = empty_due(timezone.now())
        self.stdout.write(f"{emptied} deleted forever.")
