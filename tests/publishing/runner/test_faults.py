"""No event is lost or carried out twice when processes are killed, clocks jump or the database is down."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from home.models import TextPage
from site_core.organization.models import Alert
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.management.commands.run_publishing import Runner
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.failures import FailedEvent
from tests import factories
from tests.other_process import on_this_database
from tests.publishing.events import HOUR, MINUTE

pytestmark = pytest.mark.django_db(transaction=True)

# Seconds.
LONG = 60


def due_alerts(number: int) -> list[Alert]:
    """Alerts that have just become due."""
    alerts = [factories.AlertFactory(scheduled=True) for _ in range(number)]
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now())
    return alerts


def go_lives() -> list[str]:
    """The pk of each object that went live by schedule, once for each row of the ledger."""
    rows = Publication.objects.filter(cause=Cause.SCHEDULED, is_public=True)
    return sorted(rows.values_list("object_id", flat=True))


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


# Programs that end like a killed runner, without cleaning up.
KILLED = """
import os, signal, django
django.setup()
from threading import Event
from django.db import transaction
from wagtail.signals import published
from site_core.publishing.management.commands.run_publishing import Runner
def end(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
runner = Runner(Event())
"""
BEFORE = "assert runner.claim.holds(); end()"
DURING = "published.connect(end, weak=False); runner.run()"
AFTER = "published.connect(lambda **_: transaction.on_commit(end), weak=False); runner.run()"


@pytest.mark.processes
@pytest.mark.parametrize(("when", "done_by_the_killed"), [(BEFORE, 0), (DURING, 0), (AFTER, 1)])
def test_a_runner_that_is_killed_loses_nothing_and_another_takes_over(when: str, done_by_the_killed: int) -> None:
    alerts = due_alerts(2)
    killed = subprocess.run([sys.executable, "-c", KILLED + when], cwd=settings.BASE_DIR, env=on_this_database())
    ended = time.monotonic()
    assert killed.returncode == -signal.SIGKILL
    assert len(go_lives()) == Alert.objects.filter(live=True).count() == done_by_the_killed
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 2 - done_by_the_killed

    runner = Runner(Signal())
    while len(go_lives()) < 2:
        runner.look()
        assert time.monotonic() - ended < LONG, "another takes over once the lease has run out"
        time.sleep(0.05)
    assert go_lives() == sorted(str(alert.pk) for alert in alerts)
    assert not FailedEvent.objects.exists()


@pytest.mark.processes
def test_two_runners_at_once_carry_out_each_event_once(tmp_path: Path) -> None:
    alerts = due_alerts(12)
    command = [sys.executable, "manage.py", "run_publishing"]
    runners = [subprocess.Popen(command, cwd=settings.BASE_DIR, env=on_this_database()) for _ in range(2)]
    try:
        wait_until(lambda: Alert.objects.filter(live=True).count() == 12)
        time.sleep(2)
        assert all(runner.poll() is None for runner in runners)
    finally:
        for runner in runners:
            runner.terminate()
    assert [runner.wait(LONG) for runner in runners] == [0, 0]
    assert go_lives() == sorted(str(alert.pk) for alert in alerts)


def test_the_database_away_for_a_while_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    due_alerts(1)
    runner = Runner(Signal())
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/nowhere/at/all" if connection.vendor == "sqlite" else "nowhere_at_all"
    try:
        for _ in range(3):
            runner.look()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert caplog.text.count("The database does not answer.") == 1
    runner.look()
    assert "The database answers again." in caplog.text
    assert Alert.objects.get().live


def test_a_clock_that_jumps_ahead_carries_out_what_it_passed_once_and_in_order(time_machine: Any) -> None:
    now = timezone.now()
    alerts = [factories.AlertFactory(go_live_at=now + minutes * MINUTE) for minutes in (50, 10, 30)]
    time_machine.move_to(now + HOUR)
    outcome = publish_due(timezone.now())
    assert [event.at for event in outcome.done] == sorted(event.at for event in outcome.done)
    time_machine.move_to(now)
    assert not publish_due(timezone.now()).done
    assert go_lives() == sorted(str(alert.pk) for alert in alerts)


def test_a_clock_that_is_set_back_undoes_nothing_and_waits_for_what_is_due(time_machine: Any) -> None:
    now = timezone.now()
    shown = factories.AlertFactory(go_live_at=now + MINUTE, expire_at=now + 2 * HOUR)
    publish_due(now + MINUTE)
    ahead = factories.AlertFactory(go_live_at=now + HOUR)
    time_machine.move_to(now - HOUR)
    assert not publish_due(timezone.now()).done
    assert Alert.objects.get(pk=shown.pk).live
    assert not Alert.objects.get(pk=ahead.pk).live
    time_machine.move_to(now + HOUR + MINUTE)
    assert len(publish_due(timezone.now()).done) == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows: one writer waits for the other")
def test_an_object_that_is_being_saved_is_left_for_the_next_look() -> None:
    (alert,) = due_alerts(1)
    held, enough = Signal(), Signal()

    def hold() -> None:
        with transaction.atomic():
            lock_row(alert)
            held.set()
            enough.wait(LONG)
        connection.close()

    holding = Thread(target=hold)
    holding.start()
    held.wait(LONG)
    outcome = publish_due(timezone.now())
    assert (outcome.done, outcome.failed) == ([], [])
    enough.set()
    holding.join()
    assert publish_due(timezone.now() + timedelta(seconds=1)).done


def test_publishing_a_page_while_another_is_added_below_keeps_the_tree_whole() -> None:
    parent = factories.TextPageFactory(parent=Page.get_first_root_node())
    revision = parent.save_revision()
    added, publishing = Signal(), Signal()

    def add() -> None:
        with transaction.atomic():
            TextPage.objects.get(pk=parent.pk).add_child(instance=TextPage(title="Child", summary="An example."))
            added.set()
            publishing.wait(LONG)
            # Long enough for the other to reach its lock, or else to read the old count of children.
            time.sleep(0.5)
        connection.close()

    def publish() -> None:
        added.wait(LONG)
        publishing.set()
        revision.publish()
        connection.close()

    threads = [Thread(target=add), Thread(target=publish)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert TextPage.objects.get(pk=parent.pk).numchild == 1
    assert not any(Page.find_problems())
