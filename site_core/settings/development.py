"""Settings of `make dev`: Django's development server with tracebacks, on the database of `make run`."""

from site_core.settings.local import *

DEBUG = True
STORAGES = {
    "default": {"BACKEND": "site_core.media.storage.folder.MediaFolder"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
