"""Settings of `make run`: the production server without HTTPS, SQLite, and mail written to a folder.

The secret key is generated once and stored beside the database, so that logins survive a restart.
"""

import os
import secrets

from site_core.settings import environment
from site_core.settings.base import *
from site_core.settings.base import STATE_DIR, url_settings

# The database, the outbox and the stored pages are for the user who runs the site, and for nobody else.
os.umask(0o077)
STATE_DIR.mkdir(parents=True, exist_ok=True)
STATE_DIR.chmod(0o700)


def _secret_key() -> str:
    file = STATE_DIR / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


DEBUG = False
SECRET_KEY = _secret_key()
PORT = environment.integer("PORT", 8000)
SITE_URL = environment.site_url(f"http://localhost:{PORT}")
globals().update(url_settings(SITE_URL))
VERIFICATION_URL = environment.site_url(f"http://127.0.0.1:{PORT}", "VERIFICATION_URL")
ALLOWED_HOSTS = [SITE_URL.host, "localhost", "127.0.0.1"]
DATABASES = {"default": environment.database(f"sqlite:///{STATE_DIR / 'site.sqlite3'}")}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE_DIR / "outbox"
DEFAULT_FROM_EMAIL = f"site@{SITE_URL.host}"
OUTBOX_IS_SHOWN = True
