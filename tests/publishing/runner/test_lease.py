"""One runner acts at a time, and another takes over within seconds."""

from datetime import timedelta
from io import StringIO
from threading import Event as Signal
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.functions import Now
from django.utils import timezone

from site_core.publishing.management.commands.run_publishing import Runner
from site_core.publishing.runner import lease
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import LEASE, Claim, LeaseHeld, RunnerLease, runner_is_alive
from tests import factories

pytestmark = pytest.mark.django_db


def run_out() -> None:
    """Expire the lease, as if its holder had been killed three seconds ago."""
    RunnerLease.objects.update(expires_at=Now() - timedelta(milliseconds=1))


def test_only_one_of_two_holds_it() -> None:
    first, second = Claim(), Claim()
    assert not runner_is_alive()
    assert first.holds()
    assert not second.holds()
    assert first.holds()
    assert runner_is_alive()


def test_it_is_renewed_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Claim()
    claim.holds()
    RunnerLease.objects.update(expires_at=Now() + timedelta(seconds=1))
    before = RunnerLease.objects.get().expires_at
    claim.holds()
    assert RunnerLease.objects.get().expires_at == before
    monkeypatch.setattr(lease, "RENEW_EVERY", 0)
    claim.holds()
    assert RunnerLease.objects.get().expires_at > before


def test_after_a_kill_another_takes_over_and_the_first_stands_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEW_EVERY", 0)
    killed, other = Claim(), Claim()
    assert killed.holds()
    run_out()
    assert not runner_is_alive()
    assert other.holds()
    assert not killed.holds()


def test_after_a_clean_stop_the_next_acts_at_once() -> None:
    first, second = Claim(), Claim()
    first.holds()
    first.release()
    assert not runner_is_alive()
    assert second.holds()


def test_releasing_takes_it_from_no_other_runner() -> None:
    first, second = Claim(), Claim()
    first.holds()
    second.release()
    assert runner_is_alive()
    assert not second.holds()


def test_a_clock_put_back_an_hour_leaves_no_lease_that_never_runs_out() -> None:
    killed = Claim()
    killed.holds()
    RunnerLease.objects.update(expires_at=Now() + timedelta(hours=1))
    assert not runner_is_alive()
    assert Claim().holds()
    assert RunnerLease.objects.filter(expires_at__lte=Now() + LEASE).exists()


def test_a_pass_by_hand_waits_for_no_other_runner_and_says_so() -> None:
    claim = Claim()
    claim.holds()
    stat = factories.ImpactStatFactory(scheduled=True)
    stat.revisions.update(approved_go_live_at=timezone.now())
    with pytest.raises(LeaseHeld):
        publish_due(timezone.now())
    said = StringIO()
    call_command("publish_scheduled", stdout=said)
    assert said.getvalue().strip() == "Another runner is active and handles everything that is due."
    claim.release()
    call_command("publish_scheduled", stdout=said)
    assert "Done: go-live" in said.getvalue()
    assert not runner_is_alive()


def test_who_loses_the_lease_stops_at_once() -> None:
    for _ in range(3):
        factories.AlertFactory(scheduled=True)
    answers = iter([True, False])
    outcome = publish_due(timezone.now() + timedelta(days=2), lambda: next(answers))
    assert len(outcome.done) == 1


def test_a_runner_that_stands_by_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    acting = Claim()
    acting.holds()
    alert = factories.AlertFactory(scheduled=True)
    alert.revisions.update(approved_go_live_at=timezone.now())
    standing_by: Any = Runner(Signal())
    standing_by.look()
    alert.refresh_from_db()
    assert not alert.live
    run_out()
    standing_by.look()
    alert.refresh_from_db()
    assert alert.live
