"""Settings of a public server. It does not start until each of these variables is set."""

from site_core.settings import environment
from site_core.settings.base import *
from site_core.settings.base import LOGGING, STORAGES, url_settings

environment.require(
    {
        "SECRET_KEY": "a long random string that stays the same from start to start",
        "ALLOWED_HOSTS": "the host names the site answers to, separated by commas",
        "DATABASE_URL": "the URL of the database, such as postgres://user:password@host/name",
        "PUBLIC_URL": "the URL visitors use, such as https://example.org",
        "EMAIL_URL": "the mail server, such as smtp+tls://user:password@host:587",
        "DEFAULT_FROM_EMAIL": "the email address that the site sends mail from",
    }
)

DEBUG = False
SECRET_KEY = environment.text("SECRET_KEY", "")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
SITE_URL = environment.site_url("")
environment.require_hosts(ALLOWED_HOSTS, SITE_URL)
globals().update(url_settings(SITE_URL))
VERIFICATION_URL = environment.site_url(SITE_URL.url, "VERIFICATION_URL")
DATABASES = {"default": environment.pooled(environment.database(""))}
STORAGES["default"] = environment.media()
WAGTAILFRONTENDCACHE = environment.cdn()
globals().update(environment.mail())
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OUTBOX_IS_SHOWN = False
SENTRY_DSN = environment.text("SENTRY_DSN", "")
# nginx sets it.
CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
LOGGING["formatters"] = {"line": {"()": "site_core.ops.json_log.JsonFormatter"}}
