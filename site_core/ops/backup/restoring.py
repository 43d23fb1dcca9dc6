"""Restores a backup: the database in one transaction, and the uploads around its commit.

Whatever ends it before the commit leaves the site that was there.
"""

from collections.abc import Callable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page, Revision

from site_core.accounts.models import User
from site_core.ops.backup.compatibility import is_of_this_version, last_migrations, require_current
from site_core.ops.backup.error import BackupError
from site_core.ops.backup.loading import load
from site_core.ops.backup.manifest import Manifest
from site_core.ops.backup.media import MediaRestore
from site_core.ops.backup.reading import Backup, opened
from site_core.ops.backup.tables import bring_derived_tables_up_to_date
from site_core.ops.post_migrate import bring_up_to_date
from site_core.page_cache.invalidation.writes import invalidate
from site_core.publishing.ledger.guard import is_owner_of_ledger, ledger_is_there
from site_core.publishing.ledger.proof import breaks

Say = Callable[[str], object]


def restore(file: Path, say: Say, *, replaces: bool) -> Manifest:
    """Make the site that of the backup. Raises BackupError, and nothing is changed then.

    `replaces`: whether it may take the place of a site that is there.
    """
    with opened(file) as backup:
        say(f"The backup of {backup.manifest.made_at} is whole.")
        uploads = MediaRestore(backup.uploads, replaces=replaces)
        try:
            is_current = _prepare(backup.manifest, say, replaces=replaces)
            say(f"Unpacking {len(backup.uploads):,} uploads")
            uploads.stage(backup.upload)
            if is_current:
                _restore_current(backup, uploads, say)
            else:
                _restore_earlier(backup, uploads, say)
            _analyze()
        except DatabaseError as error:
            raise BackupError(f"The database refuses: {str(error).strip()}") from error
        except OSError as error:
            raise BackupError(f"An upload cannot be written: {error}") from error
        return backup.manifest


def _prepare(manifest: Manifest, say: Say, *, replaces: bool) -> bool:
    """Bring an empty database to the version of the backup. Whether that is the version of the code."""
    is_current = is_of_this_version(manifest)
    if not is_current:
        _prepare_earlier(manifest, say)
    elif not _has_tables():
        say("Migrating the empty database")
        call_command("migrate", interactive=False, verbosity=0)
    else:
        _require_room(replaces)
    return is_current


def _restore_current(backup: Backup, uploads: MediaRestore, say: Say) -> None:
    with transaction.atomic():
        # First, because it is noted in a table that stays, where other machines look.
        invalidate(withdraws=True)
        load(backup, say)
        _complete(say)
        uploads.add()
    uploads.finish()


def _restore_earlier(backup: Backup, uploads: MediaRestore, say: Say) -> None:
    """Into a database that was empty, so that there is nothing to lose in between."""
    with transaction.atomic():
        load(backup, say)
    say("Migrating to this version")
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        invalidate(withdraws=True)
        _complete(say)
    uploads.finish()


def _complete(say: Say) -> None:
    """What the rows alone do not bring back."""
    # What this process knows of the rows that are gone.
    ContentType.objects.clear_cache()
    bring_up_to_date()
    bring_derived_tables_up_to_date()
    # It has the end of a chain and what it differed from, which were those of the site before.
    cache.clear()
    say("Building the search index")
    call_command("update_index", verbosity=0)
    if broken := breaks():
        say(f"The ledger's chain is broken in {len(broken):,} places, as in the backup. “check_ledger” names them.")


def _analyze() -> None:
    """Until PostgreSQL knows how many rows there are, it reads whole tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _has_tables() -> bool:
    return bool(connection.introspection.table_names())


def _require_room(replaces: bool) -> None:
    require_current()
    if not is_owner_of_ledger():
        raise BackupError("Run this as the owner of the tables, because it replaces the ledger.")
    is_full = User.objects.exists() or Revision.objects.exists() or Page.objects.filter(depth__gt=2).exists()
    if is_full and not replaces:
        raise BackupError("There is a site in this database. With --replace, the backup takes its place.")


def _prepare_earlier(manifest: Manifest, say: Say) -> None:
    """Bring an empty database to the version of the backup."""
    if _has_tables():
        raise BackupError(
            "The backup is of an earlier version of the code: restore it into an empty database, without tables, and "
            "it is migrated to this version."
        )
    say("Migrating the empty database to the version of the backup")
    executor = MigrationExecutor(connection)
    executor.migrate(last_migrations(manifest))
    if not ledger_is_there():
        raise BackupError("The backup is of a version that had no ledger.")
