"""System checks of the database, run by `manage.py check`."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from site_core.ops.earlier_database import MESSAGE, is_of_earlier_version
from site_core.settings.environment import SQLITE_OPTIONS


@register()
def check_sqlite_options(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """E001: without these options two of five editing sessions failed with "database is locked" and HTTP 500."""
    return [
        Error(
            f"The SQLite database “{alias}” must have the options of site_core.settings.environment.SQLITE_OPTIONS.",
            hint="Configure it with site_core.settings.environment.database().",
            id="ops.E001",
        )
        for alias in connections
        if connections[alias].vendor == "sqlite"
        and any(
            connections[alias].settings_dict["OPTIONS"].get(name) != SQLITE_OPTIONS[name] for name in SQLITE_OPTIONS
        )
    ]


@register(Tags.database)
def check_database_version(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E002: stops `migrate` before it fails halfway with a traceback."""
    return [Error(MESSAGE, id="ops.E002") for alias in databases or [] if is_of_earlier_version(alias)]
