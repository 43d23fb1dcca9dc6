"""On Monday, those who publish are told what the week has in store: by email, and on the admin's home page."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from home.search.unanswered import UnansweredSearch
from site_core.accounts.roles import Role
from site_core.publishing.notices.mails import SENDING
from site_core.publishing.review.digest import send_digests
from site_core.publishing.review.mail_preferences import MailPreferences
from tests import factories
from tests.publishing.review.review_admin import client_of, person, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MONDAY = datetime(2027, 5, 3, 8, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def at(time_machine: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """The emails that are sent at a time."""

    def emails(when: datetime) -> list[Any]:
        time_machine.move_to(when, tick=False)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            send_digests()
        SENDING.submit(lambda: None).result()
        return list(mail.outbox)

    return emails


@pytest.fixture
def week(site_tree: factories.SiteTree, time_machine: Any) -> None:
    """Something of everything that a digest tells."""
    time_machine.move_to(MONDAY - timedelta(hours=20), tick=False)
    new = {"parent": site_tree.news, "draft": True}
    for title, days in (("Soon to come", 3), ("Far away", 30)):
        item = factories.NewsItemPageFactory(**new, title=title, go_live_at=MONDAY + timedelta(days))
        item.get_latest_revision().publish()
    submitted(factories.NewsItemPageFactory(**new, title="To be read"), person(Role.AUTHOR))
    factories.ImpactStatFactory(next_due=MONDAY.date(), outcome="late outcomes")
    factories.ImpactStatFactory(next_due=MONDAY.date() + timedelta(90), outcome="other outcomes")
    for _ in range(3):
        UnansweredSearch.objects.count_one("violence interrupters")


def test_an_editor_gets_one_email_on_monday_morning(week: None, at: Any) -> None:
    editor = person(Role.EDITOR)
    assert at(MONDAY - timedelta(hours=2)) == []
    (message,) = at(MONDAY)
    assert (message.to, message.subject) == ([editor.email], "The week of May 3, 2027")
    for expected in ("Soon to come", "To be read", "late outcomes", "“violence interrupters”", "Checks due"):
        assert expected in message.body, expected
    assert "Far away" not in message.body and "other outcomes" not in message.body
    assert reverse("stats_to_check") in message.body
    assert at(MONDAY + timedelta(hours=1)) == []
    assert at(MONDAY + timedelta(days=1)) == []
    assert len(at(MONDAY + timedelta(days=7))) == 1


def test_one_switch_turns_off_the_email_and_the_panel(week: None, at: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    assert at(MONDAY)[0].to == [editor.email]
    home = client_of(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "This week" in home
    assert f'<a href="{reverse("stats_to_check")}">Checks due and overdue</a> (1)' in home
    assert "This week" not in client_of(author).get(reverse("wagtailadmin_home")).content.decode()
    MailPreferences.objects.create(user=editor, digest=False)
    assert at(MONDAY + timedelta(days=7)) == []
    assert "This week" not in client_of(editor).get(reverse("wagtailadmin_home")).content.decode()


def test_a_week_with_nothing_in_store_sends_nothing(site_tree: factories.SiteTree, at: Any) -> None:
    editor = person(Role.EDITOR)
    assert at(MONDAY) == []
    assert "This week" not in client_of(editor).get(reverse("wagtailadmin_home")).content.decode()
