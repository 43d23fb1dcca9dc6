"""Owners are reminded of checks by email, Managing editors a week after, and nobody twice or more than once a day."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from site_core.accounts.roles import Role
from site_core.publishing.notices.check_reminders import remind
from site_core.publishing.notices.mails import SENDING
from site_core.publishing.review.mail_preferences import MailPreferences
from tests import factories
from tests.publishing.review.review_admin import person

pytestmark = pytest.mark.django_db

DUE = date(2027, 5, 1)


@pytest.fixture
def on(time_machine: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """The emails of an hour so many days after the check is due, as (recipient, subject, body)."""

    def emails(days: int, hour: int = 9) -> list[tuple[str, str, str]]:
        at = datetime(2027, 5, 1, hour, tzinfo=ZoneInfo("America/New_York")) + timedelta(days)
        time_machine.move_to(at, tick=False)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            remind()
        SENDING.submit(lambda: None).result()
        return [(message.to[0], str(message.subject), str(message.body)) for message in mail.outbox]

    return emails


def test_the_clock_moves_over_the_day_of_a_check(on: Any) -> None:
    owner, chief = person(Role.AUTHOR), person(Role.MANAGING_EDITOR)
    stat = factories.ImpactStatFactory(owner=owner, next_due=DUE)
    got = {day: [to for to, *_ in on(day)] for day in range(-16, 10)}
    assert {day: people for day, people in got.items() if people} == {
        -14: [owner.email],
        0: [owner.email],
        7: [owner.email, chief.email],
    }
    # Another day of the check begins anew.
    stat.next_due = DUE + timedelta(30)
    stat.save_revision().publish()
    ((_, subject, body),) = on(16)
    assert subject == f"Check due: {stat}"
    assert "Due soon" in body and "Mon., May 31, 2027" in body and stat.check_url in body


def test_one_email_a_person_a_day_has_all_that_is_due(on: Any) -> None:
    owner = person(Role.AUTHOR)
    stats = [factories.ImpactStatFactory(owner=owner, next_due=DUE - timedelta(days)) for days in (0, 8)]
    assert on(0, hour=6) == []
    ((_, subject, body),) = on(0, hour=7)
    assert subject == f"2 checks due: {stats[1]}, and more"
    assert all(stat.check_url in body for stat in stats)
    assert body.index("Overdue for a week") < body.index("\nDue\n")
    # What falls due later that day waits for the next.
    new = factories.ImpactStatFactory(owner=owner, next_due=DUE)
    assert on(0, hour=15) == []
    ((_, subject, _),) = on(1)
    assert subject == f"Check due: {new}"


def test_what_was_missed_while_the_site_was_down_is_told_once(on: Any) -> None:
    owner = person(Role.AUTHOR)
    factories.ImpactStatFactory(owner=owner, next_due=DUE)
    ((_, _, body),) = on(3)
    assert "\nDue\n" in body and "Sat., May 1, 2027" in body
    assert on(4) == []


def test_without_an_owner_who_gets_mail_managing_editors_are_told_from_the_start(on: Any) -> None:
    chief, gone, silent = person(Role.MANAGING_EDITOR), person(Role.AUTHOR), person(Role.AUTHOR)
    gone.is_active = False
    gone.save()
    MailPreferences.objects.create(user=silent, check_due=False)
    for owner in (None, gone, silent):
        factories.ImpactStatFactory(owner=owner, next_due=DUE)
    ((to, subject, body),) = on(-14)
    assert to == chief.email and subject.startswith("3 checks due")
    assert "no owner" in body and f"owner: {silent}" in body


def test_what_is_withdrawn_not_public_or_checked_again_reminds_nobody(on: Any) -> None:
    owner = person(Role.AUTHOR)
    factories.ImpactStatFactory(owner=owner, next_due=DUE, draft=True)
    withdrawn = {"correction": "withdrawn", "correction_text": "Wrong.", "corrected_on": DUE}
    factories.ImpactStatFactory(owner=owner, next_due=DUE, **withdrawn)
    factories.ImpactStatFactory(owner=owner, next_due=DUE + timedelta(365))
    assert on(0) == []
