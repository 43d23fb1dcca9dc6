"""Other processes that use the database of a test."""

import os

from django.db import connection


def on_this_database() -> dict[str, str]:
    """The environment for another process that uses the database of the test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        host = connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"].get("host", "")
        url = f"postgres://{connection.settings_dict['USER']}@/{name}?host={host}"
    return os.environ | {"DJANGO_SETTINGS_MODULE": "site_core.settings.test", "TEST_DATABASE_URL": url}
