"""`manage.py purge_revisions`: removes old drafts, under the name of Wagtail's command, which would remove the live
revision of whatever has a newer draft."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from site_core.publishing.runner.revision_purge import purge_revisions


class Command(BaseCommand):
    help = "Delete drafts that were superseded. What is or was public, is scheduled or is being reviewed stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=0, help="Only drafts older than this many days.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = purge_revisions(timezone.now() - timedelta(days=options["days"]))
        self.stdout.write(f"{count} old {'draft' if count == 1 else 'drafts'} deleted.")
