"""Things go live by the database's clock, and a machine whose own is wrong says so or does not publish."""

import logging
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from site_core.organization.models import Alert
from site_core.publishing.management.commands.run_publishing import Runner
from site_core.publishing.runner import clock
from site_core.publishing.runner.clock import read_clock
from site_core.publishing.runner.lease import Claim
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SECOND = timedelta(seconds=1)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """By how much this machine is ahead of the database; a test sets it."""
    by = [timedelta(0)]

    def database_time() -> datetime:
        return timezone.now() - by[0]

    monkeypatch.setattr(clock, "_database_time", database_time)
    return by


def due_in(wait: timedelta) -> Alert:
    alert: Alert = factories.AlertFactory(draft=True)
    alert.go_live_at = timezone.now() + timedelta(hours=1)
    revision = alert.save_revision(approved_go_live_at=timezone.now() + wait)
    assert revision.approved_go_live_at
    return alert


def is_live(alert: Alert) -> bool:
    return Alert.objects.get(pk=alert.pk).live


def test_the_databases_time_decides(ahead: list[timedelta], caplog: pytest.LogCaptureFixture) -> None:
    alert = due_in(-20 * SECOND)
    ahead[0] = 30 * SECOND
    runner = Runner(Event())
    runner.act()
    assert not is_live(alert), "by the database's clock it is not due"
    runner.act()
    ahead[0] = 10 * SECOND
    runner.act()
    assert is_live(alert)
    assert [record.message for record in caplog.records if "clock" in record.message] == [
        "The clock of this machine is 30 seconds ahead of that of the database."
    ]


def test_a_machine_two_minutes_off_publishes_nothing_and_lets_another(
    ahead: list[timedelta], caplog: pytest.LogCaptureFixture
) -> None:
    alert = due_in(-SECOND)
    runner = Runner(Event())
    ahead[0] = -121 * SECOND
    runner.act()
    assert not is_live(alert)
    assert "121 seconds behind that of the database, so this machine does not publish." in caplog.text
    with pytest.raises(CommandError, match="Set the clock right"):
        call_command("publish_scheduled")
    other = Claim()
    assert other.holds()
    other.release()
    ahead[0] = timedelta(0)
    with caplog.at_level(logging.WARNING):
        runner.act()
    assert is_live(alert)
    assert "is right again" in caplog.text


def test_a_runner_whose_clock_jumps_gives_the_lease_up(ahead: list[timedelta]) -> None:
    runner, other = Runner(Event()), Claim()
    runner.act()
    assert not other.holds()
    ahead[0] = 130 * SECOND
    runner.act()
    assert other.holds()


def test_a_slow_answer_is_no_wrong_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[Any] = [timezone.now() + number * 10 * SECOND for number in range(3)]
    monkeypatch.setattr(timezone, "now", lambda: times.pop(0))
    monkeypatch.setattr(clock, "_database_time", lambda: times.pop(0))
    assert read_clock().ahead == timedelta(0)
