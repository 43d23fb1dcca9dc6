"""Typed reads of the environment that fail with the variable's name in the sentence.

A value may also come from a file named by `<VARIABLE>_FILE`, which is how container platforms hand over secrets. An
empty value, or an empty file, is none. No sentence has a secret in it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from site_core.settings.database_connection import LimitedConnection

# Wagtail's editor sends several writes at once (autosave, preview, session ping). A deferred SQLite transaction
# that turns from reading to writing then fails at once with "database is locked" instead of waiting its turn.
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    # By recursive triggers, those of the ledger see what “INSERT OR REPLACE” deletes.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
}
# A database that is away or frozen is noticed within a second, and used again half a second after it is back: by
# itself the pool waits twice as long after each vain attempt, up to minutes.
POOL: dict[str, Any] = {
    "connection_class": LimitedConnection,
    "min_size": 1,
    "max_size": 8,
    "timeout": 1,
    "reconnect_timeout": 0.5,
}
# Seconds, the fewest that psycopg takes; nobody waits for it longer than for the pool. In milliseconds, after how long
# a machine that does not even receive what it is sent counts as gone.
CONNECTING: dict[str, Any] = {"connect_timeout": 2, "tcp_user_timeout": 5_000}

MAIL_QUEUE = "site_core.mail.queue.EmailBackend"


def require(meanings: dict[str, str]) -> None:
    """Raise one error with one sentence for each variable of `meanings` (name: what it is) that is not set."""
    missing = [name for name in meanings if not text(name, "")]
    if missing:
        raise ImproperlyConfigured("\n".join(f"{name} is not set: give it {meanings[name]}." for name in missing))


def text(name: str, default: str) -> str:
    """A string as it is, or `default` where the variable is not set.

    Raises ImproperlyConfigured if the file that has it cannot be read.
    """
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name) or default
    try:
        return Path(file).read_text().strip() or default
    except (OSError, ValueError) as error:
        reason = (error.strerror or "") if isinstance(error, OSError) else "It is no text"
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read, {file}: {reason}.") from None


def integer(name: str, default: int) -> int:
    """A whole number. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from None


def switch(name: str) -> bool:
    """“on” or “off”, which an unset variable means. Raises ImproperlyConfigured for anything else."""
    value = text(name, "off")
    if value not in ("on", "off"):
        raise ImproperlyConfigured(f"{name} must be on or off, not “{value}”.")
    return value == "on"


def words(name: str) -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in text(name, "").split(",") if word.strip()]


def database(default: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's settings for the database at an address (`sqlite:///…` or `postgres://…`)."""
    address = text(name, default)
    try:
        if address.startswith("sqlite:///"):
            return {**environ.Env.db_url_config(address), "OPTIONS": SQLITE_OPTIONS}
        if address.startswith(("postgres://", "postgresql://")):
            _require_encoded(name, address)
            return dict(environ.Env.db_url_config(address))
    except ValueError:
        pass
    raise ImproperlyConfigured(f"{name} must be an address that begins with sqlite:/// or postgres://.")


def _require_encoded(name: str, address: str) -> None:
    """Raise ImproperlyConfigured if a password has a character that begins another part of the address."""
    try:
        parts = urlsplit(address)
        is_misread = bool(parts.fragment) or "@" in parts.path + parts.query
    except ValueError:
        # A bracket, which begins an IPv6 address.
        is_misread = True
    if is_misread:
        raise ImproperlyConfigured(
            f"{name} has a special character in its user or password: write %23 for #, %2F for /, %3F for ?, "
            "%40 for @, %5B for [, %5D for ] and %25 for %."
        )


def pooled(database: dict[str, Any]) -> dict[str, Any]:
    """The settings of a database for many requests at once: each connection is looked at before it is used."""
    if database["ENGINE"] != "django.db.backends.postgresql":
        return database
    options = CONNECTING | database.get("OPTIONS", {}) | {"pool": POOL}
    return database | {"CONN_HEALTH_CHECKS": True, "OPTIONS": options}


# Where docs/operations.md puts the variables of a machine that serves the public.
MACHINE_FILE = Path("/etc/nnsc/environment")
_FOR_THE_PUBLIC = ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL")


def require_chosen_settings() -> None:
    """Raise ImproperlyConfigured on a machine that serves the public, but is not told to run as one.

    A command would work on an empty SQLite database of its own there, and say that all went well.
    """
    if os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    given = [name for name in _FOR_THE_PUBLIC if os.environ.get(name) or os.environ.get(f"{name}_FILE")]
    signs = [str(MACHINE_FILE)] if MACHINE_FILE.exists() else given
    if signs:
        raise ImproperlyConfigured(
            f"DJANGO_SETTINGS_MODULE is not set, but {signs[0]} is there: set it to site_core.settings.production, as "
            "in deploy/environment.example, or to site_core.settings.local for a site of your own on this machine."
        )


def require_hosts(hosts: list[str], site_url: "SiteURL") -> None:
    """Raise ImproperlyConfigured if the site would refuse its visitors, or the questions of its own machine."""
    wanted = {site_url.host: "the host of PUBLIC_URL", "127.0.0.1": "at which the machine asks for health and metrics"}
    missing = [f"{host}, {what}" for host, what in wanted.items() if not validate_host(host, hosts)]
    if missing:
        raise ImproperlyConfigured("\n".join(f"ALLOWED_HOSTS lacks {one}: add it." for one in missing))


BUCKET = {
    "MEDIA_BUCKET": "the name of the bucket for pictures and documents",
    "MEDIA_ENDPOINT": "the address of the storage, such as https://s3.us-east-1.amazonaws.com",
    "MEDIA_REGION": "the region of the bucket, such as us-east-1",
    "MEDIA_KEY": "the number of the access key",
    "MEDIA_SECRET": "the secret of the access key",
}


def media() -> dict[str, Any]:
    """Django's settings for where uploads are kept: a bucket where the variables name one, and otherwise a folder."""
    values = {name: text(name, "") for name in BUCKET}
    if not any(values.values()):
        return {"BACKEND": "site_core.media.storage.folder.MediaFolder"}
    require(BUCKET)
    options = dict(
        zip(("bucket_name", "endpoint_url", "region_name", "access_key", "secret_key"), values.values(), strict=True)
    )
    return {"BACKEND": "site_core.media.storage.bucket.MediaBucket", "OPTIONS": options}


def cdn() -> dict[str, dict[str, str]]:
    """Wagtail's settings for the CDN in front, from CDN_URL; none where it is not set.

    An address that understands PURGE, cloudflare://TOKEN@ZONE, or cloudfront://DISTRIBUTION, for which boto3 finds the
    key in variables of its own.
    """
    if not (url := text("CDN_URL", "")):
        return {}
    scheme, _, rest = url.partition("://")
    token, _, zone = rest.rpartition("@")
    backends = "wagtail.contrib.frontend_cache.backends"
    if scheme in ("http", "https") and rest:
        return {"default": {"BACKEND": "site_core.publishing.cdn.HttpCache", "LOCATION": url}}
    if scheme == "cloudflare" and token and zone:
        return {"default": {"BACKEND": f"{backends}.CloudflareBackend", "BEARER_TOKEN": token, "ZONEID": zone}}
    if scheme == "cloudfront" and zone:
        return {"default": {"BACKEND": f"{backends}.CloudfrontBackend", "DISTRIBUTION_ID": zone}}
    raise ImproperlyConfigured(
        "CDN_URL must be the address of a cache, cloudflare://TOKEN@ZONE or cloudfront://DISTRIBUTION."
    )


def outgoing() -> tuple[bool, str]:
    """Whether the site requests pages of other sites, and the proxy for that, from OUTGOING_REQUESTS."""
    value = text("OUTGOING_REQUESTS", "direct")
    if value in ("direct", "off"):
        return value == "direct", ""
    try:
        parts = urlsplit(value)
        if parts.scheme == "http" and parts.hostname and parts.port:
            return True, value
    except ValueError:
        pass
    raise ImproperlyConfigured("OUTGOING_REQUESTS must be direct, off, or the address of a proxy: http://host:port.")


def mail() -> dict[str, Any]:
    """Django's mail settings from EMAIL_URL. Raises ImproperlyConfigured where it is not such an address.

    Mail is queued: EMAIL_BACKEND writes it to the database, and MAIL_SERVER_BACKEND is what sends it from there.
    """
    address = text("EMAIL_URL", "")
    _require_encoded("EMAIL_URL", address)
    try:
        settings: dict[str, Any] = environ.Env.email_url_config(address)
    except (KeyError, ValueError, ImproperlyConfigured):
        raise ImproperlyConfigured("EMAIL_URL must be an address such as smtp+tls://user:password@host:587.") from None
    server = str(settings["EMAIL_BACKEND"]).replace("django.core.mail.backends.smtp", "site_core.mail.smtp")
    queued = {"EMAIL_BACKEND": MAIL_QUEUE, "MAIL_SERVER_BACKEND": server}
    return {key: value for key, value in settings.items() if key.startswith("EMAIL_")} | queued


@dataclass(frozen=True)
class SiteURL:
    """Where visitors find the site. Hosts, cookies, redirects and the Site row all follow from it."""

    url: str
    host: str
    port: int
    is_https: bool


def site_url(default: str, name: str = "PUBLIC_URL") -> SiteURL:
    """An address such as https://example.org. Raises ImproperlyConfigured for anything but scheme and host."""
    url = text(name, default).rstrip("/")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must be a scheme and a host such as https://example.org, not “{url}”.")
    is_https = parts.scheme == "https"
    return SiteURL(url, parts.hostname, port or (443 if is_https else 80), is_https)
