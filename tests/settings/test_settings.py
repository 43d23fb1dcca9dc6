"""The site starts with valid settings, and otherwise names the wrong variable in one sentence."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.template.loaders.cached import Loader

from site_core.settings import environment
from site_core.settings.base import BASE_DIR, url_settings

COMPLETE = {
    "SECRET_KEY": "an example key that is long enough for any check that may come to look at its length",
    "ALLOWED_HOSTS": "example.org,127.0.0.1",
    "DATABASE_URL": "sqlite:////nonexistent/example.sqlite3",
    "PUBLIC_URL": "https://example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "site@example.org",
}


def start(settings: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Start the site with these environment variables only."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=BASE_DIR,
        env=inherited | variables | {"DJANGO_SETTINGS_MODULE": f"site_core.settings.{settings}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_set() -> None:
    started = start("production", COMPLETE)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_production_does_not_start_without_each_variable(name: str) -> None:
    started = start("production", {key: value for key, value in COMPLETE.items() if key != name})
    assert started.returncode == 1
    assert started.stderr.count("\n") == 1
    assert started.stderr.startswith(f"{name} is not set: give it ")
    assert started.stderr.endswith(".\n")


def test_each_missing_variable_has_its_own_line() -> None:
    lines = start("production", {}).stderr.splitlines()
    assert [line.split()[0] for line in lines] == list(COMPLETE)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DATABASE_URL",
            "mysql://user@host/name",
            "DATABASE_URL must be an address that begins with sqlite:/// or postgres://.",
        ),
        (
            "DATABASE_URL",
            "postgres://user@host:port/name",
            "DATABASE_URL must be an address that begins with sqlite:/// or postgres://.",
        ),
        ("DATABASE_URL", "nonsense", "DATABASE_URL must be an address that begins with sqlite:/// or postgres://."),
        (
            "PUBLIC_URL",
            "example.org",
            "PUBLIC_URL must be a scheme and a host such as https://example.org, not “example.org”.",
        ),
        (
            "EMAIL_URL",
            "mail.example.org",
            "EMAIL_URL must be an address such as smtp+tls://user:password@host:587.",
        ),
    ],
)
def test_production_names_a_bad_value(name: str, value: str, sentence: str) -> None:
    started = start("production", COMPLETE | {name: value})
    assert (started.returncode, started.stderr) == (1, f"{sentence}\n")


def test_a_bad_port_is_named() -> None:
    started = start("local", {"PORT": "eighty"})
    assert (started.returncode, started.stderr) == (1, "PORT must be a whole number, not “eighty”.\n")


def test_the_pool_keeps_the_options_of_the_database_url() -> None:
    variables = COMPLETE | {"DATABASE_URL": "postgres://user@db.example.org/site?sslmode=require"}
    command = "from site_core.settings.production import DATABASES; print(sorted(DATABASES['default']['OPTIONS']))"
    printed = subprocess.run(
        [sys.executable, "-c", command], cwd=BASE_DIR, env=variables, capture_output=True, text=True, check=True
    )
    assert printed.stdout == "['connect_timeout', 'pool', 'sslmode', 'tcp_user_timeout']\n"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(COMPLETE["SECRET_KEY"])
    variables = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"}
    started = start("production", variables | {"SECRET_KEY_FILE": str(secret)})
    assert started.returncode == 0, started.stderr


def site_url(url: str, monkeypatch: pytest.MonkeyPatch) -> environment.SiteURL:
    monkeypatch.setenv("PUBLIC_URL", url)
    return environment.site_url("")


def test_https_turns_on_what_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = url_settings(site_url("https://example.org/", monkeypatch))
    assert settings["WAGTAILADMIN_BASE_URL"] == "https://example.org"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://example.org"]
    assert settings["SECURE_HSTS_SECONDS"]
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert all(settings[name] for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"))
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"


def test_http_leaves_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = url_settings(site_url("http://example.org:8080", monkeypatch))
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["http://example.org:8080"]
    assert settings["SESSION_COOKIE_NAME"] == "sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "csrftoken"
    assert not any(
        value for name, value in settings.items() if name.startswith("SECURE_") or name.endswith("_COOKIE_SECURE")
    )


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://example.org", "example.org", 443),
        ("http://example.org", "example.org", 80),
        ("http://localhost:8000", "localhost", 8000),
        ("HTTPS://Example.ORG", "example.org", 443),
    ],
)
def test_host_and_port_follow_from_the_url(url: str, host: str, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = site_url(url, monkeypatch)
    assert (found.host, found.port) == (host, port)


@pytest.mark.parametrize(
    "url", ["", "example.org", "ftp://example.org", "https://", "https://example.org/path", "https://example.org:port"]
)
def test_an_invalid_url_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL must be a scheme and a host"):
        site_url(url, monkeypatch)


def test_a_pooled_database_is_checked_before_each_use_with_short_timeouts() -> None:
    settings = environment.pooled({"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}})
    assert settings["CONN_HEALTH_CHECKS"] is True
    assert settings["OPTIONS"]["sslmode"] == "require"
    # In seconds. The defaults are half a minute, and five minutes until the next attempt.
    assert settings["OPTIONS"]["pool"]["timeout"] <= 1
    assert settings["OPTIONS"]["pool"]["reconnect_timeout"] <= 1
    assert settings["OPTIONS"]["connect_timeout"] <= 2
    sqlite = environment.database("sqlite:////tmp/example.sqlite3")
    assert environment.pooled(sqlite) == sqlite


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_keeps_the_options_of_its_url(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://user:password@db.example.org/site?sslmode=require")
    settings: dict[str, Any] = environment.database("")
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_sqlite_always_waits_for_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/example.sqlite3")
    assert environment.database("")["OPTIONS"] == environment.SQLITE_OPTIONS


def test_templates_are_compiled_once() -> None:
    django: Any = engines["django"]
    (loader,) = django.engine.template_loaders
    assert isinstance(loader, Loader)
