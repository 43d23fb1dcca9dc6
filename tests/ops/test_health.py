"""What monitors ask: does the process answer, and is the site fit to serve."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from site_core.ops.gauges.site_state import SiteState
from site_core.ops.models import RestoreDrill
from site_core.page_cache import faults
from site_core.publishing.runner.lease import Claim, RunnerLease
from tests import factories
from tests.publishing.ledger.unprotected import unprotected_ledger


@pytest.fixture
def running(db: None) -> None:
    """A publishing process is at work."""
    assert Claim().holds()


def readiness(client: Client, status: int) -> dict[str, Any]:
    response = client.get("/health/ready")
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    said: dict[str, Any] = response.json()
    return said


def test_live_asks_nobody(client: Client, settings: Any) -> None:
    """Without the mark for it, a test that touches the database fails."""
    response = client.get("/health/live")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_ready_says_that_each_part_works(client: Client, running: None) -> None:
    said = readiness(client, 200)
    parts = ("page cache", "database", "migrations", "ledger", "publishing", "clock", "backup")
    assert said == {"ready": True, **dict.fromkeys(parts, "ok")}


def test_outsiders_are_told_yes_or_no_alone(client: Client, running: None) -> None:
    outsiders: list[dict[str, Any]] = [
        {"headers": {"x-real-ip": "127.0.0.1"}},
        {"headers": {"x-forwarded-for": "192.0.2.1"}},
        {"REMOTE_ADDR": "192.0.2.1"},
    ]
    assert [client.get("/health/ready", **who).json() for who in outsiders] == [{"ready": True}] * 3
    RunnerLease.objects.all().delete()
    answers = [client.get("/health/ready", **who) for who in outsiders]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(503, {"ready": False})] * 3


def test_neither_touches_a_session_or_sets_a_cookie(client: Client, running: None) -> None:
    client.force_login(factories.UserFactory())
    for address in ("/health/live", "/health/ready"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert client.post(address).status_code == 405


def test_both_answer_without_https_to_a_machine_inside(client: Client, running: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/live").status_code == 200
    assert Client().get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_nobody_publishes(client: Client) -> None:
    assert readiness(client, 503)["publishing"].startswith("no publishing process is running")


def test_a_publishing_process_may_pause_for_a_minute(client: Client, running: None) -> None:
    RunnerLease.objects.update(expires_at=timezone.now() - timedelta(seconds=60))
    readiness(client, 200)
    RunnerLease.objects.update(expires_at=timezone.now() - timedelta(seconds=100))
    readiness(client, 503)


def test_a_restore_drill_is_due_every_week(client: Client, running: None) -> None:
    drill = RestoreDrill.objects.create(backup_made_at=timezone.now(), rows=1, pages=1)
    readiness(client, 200)
    RestoreDrill.objects.filter(pk=drill.pk).update(at=timezone.now() - timedelta(days=9))
    assert readiness(client, 503)["backup"] == "no backup has passed a restore drill for eight days"
    families = {family.name: family.samples for family in SiteState().collect()}
    (sample,) = families["nnsc_restore_drill_seconds"]
    assert sample.value >= timedelta(days=9).total_seconds()


def test_the_ledger_is_not_protected(client: Client, running: None) -> None:
    with unprotected_ledger():
        assert "not protected" in readiness(client, 503)["ledger"]


def test_a_migration_is_missing(client: Client, running: None) -> None:
    last = MigrationRecorder.Migration.objects.filter(app="publishing").order_by("-name").first()
    assert last
    MigrationRecorder(connection).record_unapplied("publishing", last.name)
    assert readiness(client, 503)["migrations"] == "migrations have not been applied to publishing"


@pytest.mark.parametrize("part", ["stored", "locks"])
def test_the_page_cache_cannot_be_written_to(
    client: Client, running: None, settings: Any, tmp_path: Path, part: str
) -> None:
    settings.STATE_DIR = tmp_path
    readiness(client, 200)
    (tmp_path / "pages" / part).rmdir()
    (tmp_path / "pages" / part).write_text("a file where a folder should be")
    try:
        said = readiness(client, 503)["page cache"]
        assert said.startswith("the page cache cannot use its files, and pages are rendered without it (")
        assert f"File exists: {tmp_path}/pages/{part}" in said
        (tmp_path / "pages" / part).unlink()
        # What failed a moment ago is still said for a minute.
        readiness(client, 503)
    finally:
        faults.forget()
    readiness(client, 200)


def test_the_database_is_of_a_later_version_than_the_code(client: Client, running: None) -> None:
    """Of rows that an upgrade has left behind nothing is said."""
    recorder = MigrationRecorder(connection)
    old = recorder.migration_qs.create(pk=1_000_000_000, app="gone", name="0001_initial")
    readiness(client, 200)
    recorder.record_applied("publishing", "9999_of_a_later_version")
    said = readiness(client, 503)["migrations"]
    assert said == "the database is of a later version of publishing than the code"
    old.delete()


def test_a_machine_whose_clock_is_wrong_says_so(client: Client, running: None, time_machine: Any) -> None:
    """The database of the tests has a clock of its own on PostgreSQL alone."""
    if connection.vendor != "postgresql":
        return
    time_machine.move_to(timezone.now() + timedelta(seconds=5), tick=True)
    assert re.fullmatch("The clock of this machine is [45] seconds ahead of .*", readiness(client, 503)["clock"])
    samples = {family.name: family.samples[0].value for family in SiteState().collect()}
    assert 3 < samples["nnsc_clock_offset_seconds"] <= 5


def test_the_database_is_away_and_no_secret_is_told(client: Client, running: None) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OperationalError("connection to postgres://somebody:secret@example refused")

    with pytest.MonkeyPatch.context() as away:
        away.setattr(connection, "cursor", refuse)
        said = readiness(client, 503)
    # Asked once: each part would wait for it in vain.
    assert set(said.values()) == {False, "ok", "the database does not answer"}
    assert "secret" not in str(said)
