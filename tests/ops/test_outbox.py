"""The outbox: who may read it, and that it shows nothing but mails."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client
from django.urls import reverse

from site_core.accounts.models import User
from site_core.accounts.roles import Role
from site_core.ops.outbox import OutboxMenuItem

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """An outbox with two mails in one file. The second contains a link."""
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    EmailBackend().send_messages(
        [
            mail.EmailMessage("First", "Hello", "site@example.org", ["one@example.org"]),
            mail.EmailMessage(
                "Über <b>", "Open http://localhost/x?y=1\n<script>", "site@example.org", ["two@example.org"]
            ),
        ]
    )
    (tmp_path / "secret.log").write_text("secret")
    (tmp_path / "outbox" / "secret.log").write_text("secret")
    return tmp_path / "outbox"


def reader(role: Role | None = None, **fields: Any) -> Client:
    """A client logged in with a role."""
    person = User.objects.create_user("reader@example.org", **fields)
    if role:
        person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person)
    return client


def mail_url(folder: Path, index: int) -> str:
    [file] = [file for file in folder.iterdir() if file.name != "secret.log"]
    return reverse("outbox_mail", args=(file.stem, index))


def test_mails_are_listed_newest_first(folder: Path) -> None:
    page = reader(Role.ADMINISTRATOR).get(reverse("outbox")).content.decode()
    assert page.index("Über &lt;b&gt;") < page.index("First")
    assert mail_url(folder, 0) in page
    assert "secret" not in page


def test_a_mail_is_shown_as_text_with_links(folder: Path) -> None:
    page = reader(is_superuser=True).get(mail_url(folder, 1)).content.decode()
    assert '<a href="http://localhost/x?y=1"' in page
    assert "&lt;script&gt;" in page
    assert "two@example.org" in page


def test_an_empty_outbox_says_so(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "none"
    assert "Nothing has been sent yet" in reader(Role.ADMINISTRATOR).get(reverse("outbox")).content.decode()


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.MANAGING_EDITOR])
def test_others_are_refused(folder: Path, role: Role, rf: Any) -> None:
    client = reader(role)
    assert client.get(reverse("outbox")).status_code == 403
    assert client.get(mail_url(folder, 0)).status_code == 403
    request = rf.get("/")
    request.user = User.objects.get()
    assert not OutboxMenuItem().is_shown(request)


def test_visitors_are_redirected_to_the_login(folder: Path) -> None:
    assert Client().get(reverse("outbox"))["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(
    "path",
    [
        "secret/0/",
        "../secret/0/",
        "..%2fsecret/0/",
        "%2e%2e/secret/0/",
        "20261122-000000-1/0/",
        f"20261122-000000-{'1' * 300}/0/",
        "20261122-000000-1%00/0/",
    ],
)
def test_nothing_but_mails_is_shown(folder: Path, path: str) -> None:
    response = reader(Role.ADMINISTRATOR).get(f"/admin/outbox/{path}")
    assert response.status_code == 404
    assert "secret" not in response.content.decode().replace("outbox/secret", "")


def test_an_unknown_index_is_not_found(folder: Path) -> None:
    assert reader(Role.ADMINISTRATOR).get(mail_url(folder, 2)).status_code == 404


def test_it_is_shown_only_on_a_site_that_saves_its_mail(folder: Path, settings: Any, rf: Any) -> None:
    client = reader(Role.ADMINISTRATOR)
    settings.OUTBOX_IS_SHOWN = False
    assert client.get(reverse("outbox")).status_code == 404
    assert client.get(mail_url(folder, 0)).status_code == 404
    request = rf.get("/")
    request.user = User.objects.get()
    assert not OutboxMenuItem().is_shown(request)
