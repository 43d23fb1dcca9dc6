"""`manage.py restore FILE`: makes the site that of a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.ops.backup.error import BackupError
from site_core.ops.backup.media import missing
from site_core.ops.backup.restoring import restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database, of the same kind as the one it was made from or of another."
    # The database may be empty.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A file that “manage.py backup” has written.")
        parser.add_argument("--replace", action="store_true", help="Take the place of the site that is there.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], self._say, replaces=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        self._say(f"Restored: {manifest.rows:,} rows of {len(manifest.tables)} tables.")
        if lacking := missing(manifest.media.listing):
            self._say(
                f"Of {len(manifest.media.listing):,} uploads that the bucket had, {len(lacking):,} are not here."
            )
        if manifest.settings:
            self._say(f"The site that was backed up was given: {', '.join(manifest.settings)}.")
        self._say("SECRET_KEY has to be the one it had, or recovery codes and links that were sent are void.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
