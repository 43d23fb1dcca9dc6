"""`manage.py purge_revisions`: deletes old drafts.

It replaces Wagtail's command of this name, which would delete the live revision of an object with a newer draft.
"""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from site_core.publishing.runner.revision_purge import purge_revisions


class Command(BaseCommand):
    help = "Delete superseded drafts. What is or was public, is scheduled or is in review stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=0, help="Only drafts older than this many days.")

    def handle(self, *args: object, days: int, **options: object) -> None:
        count = purge_revisions(timezone.now() - timedelta(days=days))
        self.stdout.write(f"{count} old {'draft' if count == 1 else 'drafts'} deleted.")
