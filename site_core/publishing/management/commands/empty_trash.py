"""`manage.py empty_trash`: delete for good what has been in the bin for thirty days."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from site_core.publishing.trash.trashing import empty_due


class Command(BaseCommand):
    help = "Delete for good the pages that have been in the bin for thirty days."

    def handle(self, *args: Any, **options: Any) -> None:
        emptied = empty_due(timezone.now())
        self.stdout.write(f"{emptied} deleted for good.")
