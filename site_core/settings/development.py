"""Settings of `make dev`: Django's development server with tracebacks, on the database of `make run`."""

from site_core.settings.local import *

DEBUG = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
