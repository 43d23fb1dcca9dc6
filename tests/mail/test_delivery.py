"""Queued mail: no request waits for a server, each email leaves once, and what cannot leave is kept and shown."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from site_core.accounts.models import User
from site_core.mail import delivery, smtp
from site_core.mail.delivery import AWAY, GIVEN_UP_AFTER, LONGEST_WAIT, deliver_due, wait_after
from site_core.mail.models import KEPT_FOR, UnsentMail
from site_core.mail.views import NOT_TRIED, PANEL
from site_core.settings.environment import MAIL_QUEUE
from tests import factories
from tests.mail.mail_server import MailServer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def server(settings: Any) -> Any:
    """A mail server on this machine, to which the site sends what it has queued."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = MAIL_QUEUE
        settings.MAIL_SERVER_BACKEND = "site_core.mail.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def queue(subject: str = "Example", to: str = "one@example.org") -> None:
    send_mail(subject, "The secret link", None, [to])


def deliver_again() -> None:
    """As once the wait is over."""
    UnsentMail.objects.waiting().update(next_try_at=timezone.now())
    deliver_due()


def test_an_email_is_queued_with_all_its_parts_and_sent_once(server: MailServer) -> None:
    message = EmailMultiAlternatives("Übung", "Plain", to=["one@example.org"], bcc=["two@example.org"])
    message.attach_alternative("<p>Marked up</p>", "text/html")
    message.send()
    assert not server.mails
    queued = UnsentMail.objects.get()
    deliver_due()
    deliver_due()
    (mail,) = server.mails
    assert sorted(mail.recipients) == ["one@example.org", "two@example.org"]
    assert mail.message["Subject"] == "Übung"
    assert mail.message["Message-ID"] == queued.content["headers"]["Message-ID"]
    assert "two@example.org" not in mail.message.as_string()
    assert [part.get_content().strip() for part in mail.message.iter_parts()] == ["Plain", "<p>Marked up</p>"]
    assert not UnsentMail.objects.exists()


def test_what_is_rolled_back_and_what_is_no_email_is_never_queued(server: MailServer) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    with pytest.raises(BadHeaderError):
        queue("Two\nlines")
    with_file = EmailMultiAlternatives("Example", "Text", None, ["one@example.org"])
    with_file.attach("a.txt", "Text", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        with_file.send()
    EmailMultiAlternatives("Example", "To nobody").send()
    assert not UnsentMail.objects.exists()


def test_a_server_that_is_away_is_tried_again_and_all_leave_once_it_answers(server: MailServer) -> None:
    server.answer = b"421 Come back later\r\n"
    for number in range(3):
        queue(f"Example {number}")
    deliver_due()
    assert server.connections == 1
    deliver_due()
    assert server.connections == 1, "it was not left alone"
    deliver_again()
    assert set(UnsentMail.objects.values_list("attempts", flat=True)) == {2}
    assert UnsentMail.objects.values_list("problem", flat=True)[0].startswith("The mail server does not accept email")
    server.answer = MailServer.WELCOME
    first = UnsentMail.objects.order_by("pk")[0]
    UnsentMail.objects.filter(pk=first.pk).update(next_try_at=timezone.now())
    deliver_due()
    deliver_due()
    assert [mail.message["Subject"] for mail in server.mails] == [f"Example {number}" for number in range(3)]


def test_a_server_that_says_nothing_is_hung_up_on(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says nothing at all, and one that says one letter after the other."""
    monkeypatch.setattr(smtp, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.5)
    queue()
    for attempts, answer in enumerate((b"", b"2" * 1000), start=1):
        server.answer, server.is_slow = answer, True
        deliver_again()
        assert UnsentMail.objects.waiting().get().attempts == attempts


def test_what_a_server_refuses_for_good_is_given_up_and_the_others_leave(server: MailServer) -> None:
    server.refused = "gone@example.org"
    queue(to="gone@example.org")
    queue(to="here@example.org")
    deliver_due()
    kept = UnsentMail.objects.get()
    assert kept.given_up_at
    assert kept.problem == "The mail server refused this email: 550 No such user."
    assert [mail.recipients for mail in server.mails] == [["here@example.org"]]


def test_what_no_server_takes_for_a_day_is_given_up_and_kept_for_a_month(server: MailServer) -> None:
    server.answer = b"421 Come back later\r\n"
    queue()
    UnsentMail.objects.update(queued_at=timezone.now() - GIVEN_UP_AFTER)
    deliver_due()
    assert UnsentMail.objects.given_up().count() == 1
    UnsentMail.objects.delete_old()
    assert UnsentMail.objects.exists()
    UnsentMail.objects.update(given_up_at=timezone.now() - KEPT_FOR)
    UnsentMail.objects.delete_old()
    assert not UnsentMail.objects.exists()


def test_a_fault_of_ours_stops_no_other_email(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    queue("Broken")
    queue("Sound")
    UnsentMail.objects.filter(subject="Broken").update(content={"subject": "Broken"})
    deliver_due()
    assert UnsentMail.objects.get().problem == delivery.OURS
    assert [mail.message["Subject"] for mail in server.mails] == ["Sound"]


def test_of_two_processes_one_sends_it(server: MailServer) -> None:
    queue()
    first, second = UnsentMail.objects.get(), UnsentMail.objects.get()
    assert (first.claim(timezone.now()), second.claim(timezone.now())) == (True, False)


def test_the_wait_grows_up_to_ten_minutes() -> None:
    assert [wait_after(attempts).total_seconds() for attempts in (0, 1, 2, 5)] == [10, 20, 40, 320]
    assert wait_after(5000) == LONGEST_WAIT


def test_a_reset_is_queued(server: MailServer, client: Client) -> None:
    server.answer = b""
    person = factories.UserFactory(email="person@example.org")
    client.post(reverse("wagtailadmin_password_reset"), {"email": person.email})
    assert UnsentMail.objects.get().recipients == person.email
    assert not server.connections


class TestScreen:
    """What Administrators see of it."""

    @pytest.fixture
    def admin(self, client: Client) -> Client:
        client.force_login(factories.UserFactory(role="Administrator"))
        return client

    @pytest.fixture
    def kept(self, server: MailServer) -> UnsentMail:
        queue("Choose a <b>password</b>")
        UnsentMail.objects.update(given_up_at=timezone.now(), problem=AWAY, attempts=9)
        return UnsentMail.objects.get()

    def page(self, client: Client) -> str:
        return client.get(reverse("unsent_mail")).content.decode()

    def test_it_lists_what_waits_and_what_was_given_up_without_the_text(self, admin: Client, kept: UnsentMail) -> None:
        queue("Waiting for the server")
        page = self.page(admin)
        assert "Choose a &lt;b&gt;password" in page
        assert AWAY in page
        assert "Waiting for the server" in page
        assert "The secret link" not in page

    def test_all_are_sent_on_request(self, admin: Client, kept: UnsentMail, server: MailServer) -> None:
        page = admin.post(reverse("unsent_mail"), follow=True).content.decode()
        assert "The email is being sent now." in page
        deliver_due()
        assert len(server.mails) == 1
        assert "Every email has been sent." in self.page(admin)

    def test_one_is_deleted_on_request(self, admin: Client, kept: UnsentMail) -> None:
        for value, answer in ((kept.pk, "was deleted"), (kept.pk, "no longer here"), ("1x", "no longer here")):
            assert answer in admin.post(reverse("unsent_mail"), {"delete": value}, follow=True).content.decode()

    def test_the_home_of_the_admin_names_what_is_worth_a_look(self, admin: Client, server: MailServer) -> None:
        queue()
        home = reverse("wagtailadmin_home")
        assert PANEL not in admin.get(home).content.decode()
        UnsentMail.objects.update(queued_at=timezone.now() - timedelta(minutes=6))
        page = admin.get(home).content.decode()
        assert PANEL in page
        assert NOT_TRIED in page
        editor = Client()
        editor.force_login(User.objects.get(pk=factories.UserFactory(role="Managing editor").pk))
        assert PANEL not in editor.get(home).content.decode()


def test_an_authentication_that_fails_loses_nothing(server: MailServer, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "wrong"
    queue()
    deliver_due()
    assert UnsentMail.objects.waiting().get().attempts == 1
    assert issubclass(smtplib.SMTPNotSupportedError, OSError)
