"""A failed event stays scheduled with a reason. It is retried with growing waits, and can be tried at once."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.review.mail_preferences import MailPreferences
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.schedule.rescheduling import cancel_go_live
from tests import factories
from tests.publishing.events import HOUR, MINUTE, break_revision, fix_revision, scheduled_item, scheduled_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    """An item that is due in an hour and cannot be published."""
    made = scheduled_item(site_tree, "Broken")
    break_revision(made)
    return made


def test_it_is_stored_with_its_reason_until_it_succeeds(item: NewsItemPage) -> None:
    now = timezone.now() + HOUR
    publish_due(now)
    failed = FailedEvent.objects.get()
    assert (failed.title, failed.attempts, failed.next_try_at) == ("Broken", 1, now + MINUTE)
    assert failed.reason == "Headline: This field cannot be blank."
    assert scheduled_revision(item).approved_go_live_at == failed.due_at
    fix_revision(item)
    assert not publish_due(now + MINUTE / 2).done, "it rests"
    assert publish_due(now + MINUTE).done
    assert not FailedEvent.objects.exists()
    item.refresh_from_db()
    assert (item.live, item.title) == (True, "Fixed")


def test_the_waits_double_up_to_half_an_hour(item: NewsItemPage) -> None:
    now = timezone.now() + HOUR
    waits = []
    for _ in range(7):
        publish_due(now)
        next_try_at = FailedEvent.objects.get().next_try_at
        waits.append((next_try_at - now) / MINUTE)
        now = next_try_at
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_a_clock_set_back_makes_no_one_wait_longer(item: NewsItemPage) -> None:
    publish_due(timezone.now() + 2 * HOUR)
    fix_revision(item)
    assert publish_due(timezone.now() + HOUR).done


def test_a_schedule_taken_back_takes_the_failure_along(item: NewsItemPage) -> None:
    publish_due(timezone.now() + HOUR)
    cancel_go_live(scheduled_revision(item), None)
    publish_due(timezone.now() + HOUR)
    assert not FailedEvent.objects.exists()


def test_a_schedule_that_was_moved_starts_afresh(item: NewsItemPage) -> None:
    publish_due(timezone.now() + HOUR)
    item.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now() + HOUR / 2)
    outcome = publish_due(timezone.now() + HOUR)
    assert [failed.attempts for failed in outcome.failed] == [1]


def test_an_unexpected_error_is_logged_and_not_shown_to_the_editor(
    item: NewsItemPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*args: Any, **kwargs: Any) -> None:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(NewsItemPage, "full_clean", stumble)
    publish_due(timezone.now() + HOUR)
    reason = "Something went wrong inside the site. The technical team has been told."
    assert FailedEvent.objects.get().reason == reason
    assert "a mistake of ours" in caplog.text


class TestMail:
    """The email about the first failure of an event."""

    @pytest.fixture(autouse=True)
    def people(self, item: NewsItemPage) -> dict[str, Any]:
        found: dict[str, Any] = {role: factories.UserFactory(role=role) for role in Role}
        factories.UserFactory(role=Role.EDITOR, is_active=False)
        MailPreferences.objects.create(user=factories.UserFactory(role=Role.EDITOR), failures=False)
        return found

    def test_it_goes_once_to_each_user_who_may_fix_it(self, item: NewsItemPage, people: dict[str, Any]) -> None:
        now = timezone.now() + HOUR
        publish_due(now)
        publish_due(now + 2 * MINUTE)
        publishers = (Role.EDITOR, Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
        assert [sent.to for sent in mail.outbox] == [[people[role].email] for role in publishers]
        sent = mail.outbox[0]
        assert sent.subject == "Did not go live: Broken"
        assert "Headline: This field cannot be blank." in sent.body
        assert f"http://localhost{reverse('wagtailadmin_pages:edit', args=[item.pk])}" in sent.body
        assert "Its schedule is kept. The site tries again on" in sent.body

    def test_a_mail_server_that_fails_stops_nothing(
        self, site_tree: factories.SiteTree, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: Any) -> None:
            raise smtplib.SMTPServerDisconnected

        monkeypatch.setattr(EmailBackend, "send_messages", refuse)
        sound = scheduled_item(site_tree, "Sound")
        publish_due(timezone.now() + 2 * HOUR)
        sound.refresh_from_db()
        assert sound.live
        assert FailedEvent.objects.count() == 1


class TestTryNow:
    """Trying a failed event in the admin."""

    @pytest.fixture
    def failed(self, item: NewsItemPage, time_machine: Any) -> FailedEvent:
        time_machine.move_to(timezone.now() + HOUR + MINUTE)
        publish_due(timezone.now())
        return FailedEvent.objects.get()

    def test_the_home_of_the_admin_shows_it_to_those_who_may_publish(
        self, failed: FailedEvent, client: Client
    ) -> None:
        client.force_login(factories.UserFactory(role=Role.EDITOR))
        shown = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Headline: This field cannot be blank." in shown
        assert reverse("try_failed_event", args=[failed.pk]) in shown
        client.force_login(factories.UserFactory(role=Role.AUTHOR))
        assert (
            reverse("try_failed_event", args=[failed.pk])
            not in client.get(reverse("wagtailadmin_home")).content.decode()
        )

    def test_it_goes_live_as_soon_as_it_is_fixed(
        self, failed: FailedEvent, item: NewsItemPage, client: Client
    ) -> None:
        fix_revision(item)
        client.force_login(factories.UserFactory(role=Role.EDITOR))
        url = reverse("try_failed_event", args=[failed.pk])
        assert "This field cannot be blank." in client.get(url).content.decode()
        answer = client.post(url, follow=True)
        assert "“Broken” is public now." in answer.content.decode()
        item.refresh_from_db()
        assert item.live
        assert not FailedEvent.objects.exists()

    def test_what_is_still_broken_says_so(self, failed: FailedEvent, client: Client) -> None:
        client.force_login(factories.UserFactory(role=Role.EDITOR))
        answer = client.post(reverse("try_failed_event", args=[failed.pk]), follow=True)
        assert "“Broken” still could not go live. Headline: This field cannot be blank." in answer.content.decode()
        assert FailedEvent.objects.get().attempts == 2

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_who_may_not_publish_it_may_not_try_it(
        self, failed: FailedEvent, item: NewsItemPage, client: Client, method: str
    ) -> None:
        fix_revision(item)
        client.force_login(factories.UserFactory(role=Role.AUTHOR))
        answer = getattr(client, method)(reverse("try_failed_event", args=[failed.pk]))
        assert answer.status_code == 403
        item.refresh_from_db()
        assert not item.live


def test_the_wait_never_grows_beyond_half_an_hour_however_long_it_fails(item: NewsItemPage) -> None:
    now = timezone.now() + HOUR
    publish_due(now)
    FailedEvent.objects.update(attempts=5000)
    publish_due(now + HOUR)
    assert FailedEvent.objects.get().next_try_at == now + HOUR + timedelta(minutes=30)
