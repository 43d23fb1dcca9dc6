"""Tells a database of the version before the migrations began anew, which this version cannot migrate."""

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# Its apps had this label where the rooms of site_core have one each now.
_EARLIER_LABEL = "site_core"
SENTENCE = (
    "This database was made by an earlier version of the site, which this one cannot read: delete the folder var/ to "
    "start anew with the site's content (on a server: use an empty database), or stay on the earlier version."
)


def is_of_earlier_version(using: str = "default") -> bool:
    recorder = MigrationRecorder(connections[using])
    return recorder.has_table() and recorder.migration_qs.filter(app=_EARLIER_LABEL).exists()
