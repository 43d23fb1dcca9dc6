"""A migrated SQLite database, kept from one run of the tests to the next: migrating takes longer than most of them."""

import hashlib
import shutil
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection


def name_of_this() -> str:
    """Another one for every change of a migration of ours, or of what is installed."""
    parts = sorted(f"{one.name} {one.version}" for one in distributions())
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(settings.BASE_DIR) and ".venv" not in config.path:
            parts += [file.read_text() for file in sorted(Path(config.path).glob("migrations/*.py"))]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{digest[:32]}.sqlite3"


def begin_with(kept: Path) -> bool:
    """Put the kept database where the tests will look for theirs. Whether there was one."""
    if connection.vendor != "sqlite" or not kept.exists():
        return False
    shutil.copy(kept, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


def keep(kept: Path) -> None:
    """Keep the database that has just been migrated, and none that was before it."""
    if connection.vendor != "sqlite" or kept.exists():
        return
    unfinished = kept.with_suffix(f".{settings.STATE_DIR.name}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished.replace(kept)
