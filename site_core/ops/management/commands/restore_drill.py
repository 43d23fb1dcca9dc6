"""`manage.py restore_drill FILE`: proves that a backup can be restored, beside the running site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.ops.backup.drill import drill
from site_core.ops.backup.error import BackupError
from site_core.ops.supervisor import stop_on_signals

# Of those that differ.
PATHS_NAMED = 20


class Command(BaseCommand):
    help = "Restore a backup into a temporary database, start the site there, and compare every public page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A file that “manage.py backup” has written.")

    def handle(self, *args: Any, **options: Any) -> None:
        # As an exception, so that the temporary site is taken down on the way out.
        stop_on_signals()
        try:
            manifest, found = drill(options["file"], self._say)
        except BackupError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped.") from None
        uploads = len(manifest.media.members)
        self._say(f"Restored: {manifest.rows:,} rows of {len(manifest.tables)} tables and {uploads:,} uploads.")
        self._say(
            f"Of {found.pages:,} public pages, {len(found.same):,} are the same, {len(found.changed_since):,} are as "
            f"they were and have changed since, and {len(found.different):,} differ."
        )
        for path in found.different[:PATHS_NAMED]:
            self._say(f"Differs: {path}")
        if found.different or not found.pages:
            raise CommandError("The drill failed: the restored site is not the one that was backed up.")
        self._say("The drill succeeded.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
