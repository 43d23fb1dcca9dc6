"""Django's `migrate`, which lets nobody wait behind it for long.

A change of a table waits until everybody who reads it is done, and everybody who comes later waits behind the change.
So it gives up after half a second (DATABASE_LIMITS), lets the others through, and tries again. What has been migrated
until then stays: each migration is a transaction of its own.
"""

from time import monotonic, sleep
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from site_core.page_cache.store.database_limits import database_limits

# Seconds.
PAUSE = 2.0
GIVEN_UP_AFTER = 600.0


class Command(MigrateCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        deadline = monotonic() + GIVEN_UP_AFTER
        with database_limits("migrate"):
            while not self._is_done(*args, **options):
                if monotonic() >= deadline:
                    raise CommandError(
                        "A table has been in use for ten minutes without a pause. Find out who uses it "
                        "(SELECT * FROM pg_stat_activity), end that, and run this again. Nothing is half done."
                    )
                self.stderr.write("A table is in use. Trying again in two seconds.")
                sleep(PAUSE)

    def _is_done(self, *args: Any, **options: Any) -> bool:
        """False if a table was in use."""
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                return False
            raise
        return True
