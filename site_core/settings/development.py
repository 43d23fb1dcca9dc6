"""What `make dev` uses: Django's own server with tracebacks, on the same database as `make run`."""

from site_core.settings.local import *

DEBUG = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
