"""`manage.py backup FILE`: writes the whole site into one file, while it runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.ops.backup.error import BackupError
from site_core.ops.backup.writing import write_backup


class Command(BaseCommand):
    help = "Write all rows and uploads into one file, from which SQLite and PostgreSQL alike can be restored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write. It replaces one of the same name.")
        parser.add_argument("--recipient", default="", help="Encrypt for this key of age or SSH, or this name in gpg.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = write_backup(options["file"], options["recipient"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        media = manifest.media
        uploads = (
            f"{len(media.members):,} uploads" if not media.listing else f"{len(media.listing):,} names of uploads"
        )
        self.stdout.write(
            f"{options['file']}: {manifest.rows:,} rows of {len(manifest.tables)} tables, {uploads}, "
            f"digests of {len(manifest.pages):,} public pages."
        )
        if manifest.unreadable:
            self.stdout.write(f"These pages answer with an error: {', '.join(manifest.unreadable)}")
        self.stdout.write(f"Keep these settings elsewhere, they are not in it: {', '.join(manifest.settings)}.")
