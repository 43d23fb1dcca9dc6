"""Values that are typed in good faith: taken as they are, or refused in one sentence that has no secret in it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from site_core.settings import environment
from site_core.settings.base import BASE_DIR
from tests.settings.test_settings import COMPLETE, start

pytestmark = pytest.mark.unit
ENCODED = (
    "{} has a special character in its user or password: write %23 for #, %2F for /, %3F for ?, %40 for @, "
    "%5B for [, %5D for ] and %25 for %."
)


def password_of(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", url)
    return str(environment.database("")["PASSWORD"])


@pytest.mark.parametrize("value", ["$ecret", "$", "$HOME", "${HOME}", "a$b", "#a", "%41", "a b"])
def test_a_value_is_taken_as_it_is(value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", value)
    assert environment.text("SECRET_KEY", "") == value
    file = tmp_path / "key"
    file.write_text(f"{value}\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    assert environment.text("SECRET_KEY", "") == value


@pytest.mark.parametrize(
    ("typed", "password"),
    [("$ecret", "$ecret"), ("a$b", "a$b"), ("a@b", "a@b"), ("a:b", "a:b"), ("a+b", "a+b"), ("%23%40%25", "#@%")],
)
def test_a_password_in_an_address_is_read_right(typed: str, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert password_of(f"postgres://nnsc:{typed}@127.0.0.1/nnsc", monkeypatch) == password
    monkeypatch.setenv("EMAIL_URL", f"smtp+tls://site@example.org:{typed}@mail.example.org:587")
    mail: dict[str, Any] = environment.mail()
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("site@example.org", password)
    assert mail["EMAIL_HOST"] == "mail.example.org"


@pytest.mark.parametrize("typed", ["a#b", "#", "a/b", "a?b", "a#b@c", "a[b", "a]b"])
def test_or_refused_in_a_sentence_without_it(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        password_of(f"postgres://nnsc:{typed}@127.0.0.1/nnsc", monkeypatch)
    assert str(refused.value) == ENCODED.format("DATABASE_URL")
    monkeypatch.setenv("EMAIL_URL", f"smtp+tls://site:{typed}@mail.example.org:587")
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.mail()
    assert str(refused.value) == ENCODED.format("EMAIL_URL")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for name, reason in (
        ("absent", "No such file or directory"),
        ("", "Is a directory"),
        ("bytes", "It is no text"),
    ):
        file = tmp_path / name
        monkeypatch.setenv("SECRET_KEY_FILE", str(file))
        with pytest.raises(ImproperlyConfigured) as refused:
            environment.text("SECRET_KEY", "")
        assert str(refused.value) == f"SECRET_KEY_FILE names a file that cannot be read, {file}: {reason}."


def test_the_hosts_that_are_asked_for_must_be_allowed() -> None:
    started = start("production", COMPLETE | {"ALLOWED_HOSTS": "www.example.org"})
    assert started.returncode == 1
    assert started.stderr.splitlines() == [
        "ALLOWED_HOSTS lacks example.org, the host of PUBLIC_URL: add it.",
        "ALLOWED_HOSTS lacks 127.0.0.1, at which the machine asks for health and metrics: add it.",
    ]
    site_url = environment.SiteURL("https://www.example.org", "www.example.org", 443, is_https=True)
    for hosts in ([".example.org", "127.0.0.1"], ["*"]):
        environment.require_hosts(hosts, site_url)


def test_a_machine_that_serves_the_public_does_not_run_as_one_at_home(tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "STATE_DIR": str(tmp_path), "SECRET_KEY": "an example"}
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=BASE_DIR, env=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stderr == (
        "DJANGO_SETTINGS_MODULE is not set, but SECRET_KEY is there: set it to site_core.settings.production, as in "
        "deploy/environment.example, or to site_core.settings.local for a site of your own on this machine.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_machine_is_a_sign_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    monkeypatch.setattr(environment, "MACHINE_FILE", tmp_path / "environment")
    environment.require_chosen_settings()
    (tmp_path / "environment").touch()
    with pytest.raises(ImproperlyConfigured, match=r"DJANGO_SETTINGS_MODULE is not set, but .*environment is"):
        environment.require_chosen_settings()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "site_core.settings.production")
    environment.require_chosen_settings()
