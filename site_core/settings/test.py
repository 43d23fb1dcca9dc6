"""What the tests use: SQLite in a file, or the PostgreSQL at TEST_DATABASE_URL. Passwords hash fast."""

import tempfile
from pathlib import Path

from site_core.settings import environment
from site_core.settings.base import *
from site_core.settings.base import address_settings

DEBUG = False
SECRET_KEY = "for tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ADDRESS = environment.public_address("http://localhost")
globals().update(address_settings(ADDRESS))

# A file, never :memory:, which the live server's threads would share until the interpreter crashes.
_folder = Path(tempfile.mkdtemp(prefix="nnsc-tests-"))
DATABASES = {"default": environment.database(f"sqlite:///{_folder / 'site.sqlite3'}", "TEST_DATABASE_URL")}
MEDIA_ROOT = _folder / "media"
STATIC_ROOT = _folder / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "site@localhost"
OUTBOX_IS_SHOWN = True
