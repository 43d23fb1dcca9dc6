"""Recognizes a database of an earlier version: its migrations are others than today's, so it cannot be migrated."""

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# The label of the one app that site_core was. Now each of its packages is an app with a label of its own.
_EARLIER_LABEL = "site_core"
MESSAGE = (
    "This database was made by an earlier version of the site, which this one cannot read: delete the folder var/ to "
    "start over with the site's content (on a server: use an empty database), or stay on the earlier version."
)


def is_of_earlier_version(using: str = "default") -> bool:
    recorder = MigrationRecorder(connections[using])
    return recorder.has_table() and recorder.migration_qs.filter(app=_EARLIER_LABEL).exists()
