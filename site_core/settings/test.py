"""Settings of the tests: a SQLite file, or PostgreSQL at TEST_DATABASE_URL, and a fast password hasher."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from site_core.settings import environment
from site_core.settings.base import *
from site_core.settings.base import url_settings

DEBUG = False
SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = environment.site_url("http://localhost")
globals().update(url_settings(SITE_URL))

# Each process of a test run has its own folder.
STATE_DIR = Path(tempfile.mkdtemp(prefix="nnsc-tests-"))
atexit.register(shutil.rmtree, STATE_DIR, ignore_errors=True)
MEDIA_ROOT = STATE_DIR / "media"
STATIC_ROOT = STATE_DIR / "static"
STATIC_ROOT.mkdir()

DATABASES = {"default": environment.database(f"sqlite:///{STATE_DIR / 'site.sqlite3'}", "TEST_DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, because threads of the live server share a :memory: database and crash the interpreter.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE")}

STORAGES = {
    "default": {"BACKEND": "site_core.media.storage.folder.MediaFolder"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PORT = 8000
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = STATE_DIR / "outbox"
DEFAULT_FROM_EMAIL = "site@localhost"
OUTBOX_IS_SHOWN = True
OUTGOING_REQUESTS, OUTGOING_PROXY = False, ""
