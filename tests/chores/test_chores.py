"""What is due is done, one failure keeps nothing else waiting, and how each chore went is written down."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from site_core.chores import registry
from site_core.chores.models import ChoreRun
from site_core.chores.registry import ChoreProblem, chores, register_chore
from site_core.chores.running import FAILED, do_due
from site_core.media.images import SiteImage
from site_core.publishing.ledger.publications import Publication
from tests import factories
from tests.publishing.ledger.unprotected import unprotected_ledger

pytestmark = pytest.mark.django_db
NAMED_IN_THE_ISSUE = {"sessions", "drafts", "trash", "searches", "orphans", "certificate"}


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What three chores of a test's own have done: one works, one fails, one has found something."""
    done: list[str] = []

    def fails() -> str:
        done.append("fails")
        raise DatabaseError("an example")

    def finds() -> str:
        done.append("finds")
        raise ChoreProblem("The example is broken.")

    def works() -> str:
        done.append("works")
        return "2 examples deleted."

    monkeypatch.setattr(registry, "_chores", {})
    register_chore("fails", "A", fails)
    register_chore("finds", "B", finds)
    register_chore("works", "C", works)
    return done


def outcomes() -> list[tuple[str, str, bool]]:
    return list(ChoreRun.objects.order_by("name").values_list("name", "outcome", "failed"))


def test_each_is_done_when_due_and_what_fails_keeps_no_other_waiting(
    only: list[str], time_machine: TimeMachineFixture, caplog: pytest.LogCaptureFixture
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    do_due()
    assert only == ["fails", "finds", "works"]
    assert outcomes() == [
        ("fails", FAILED, True),
        ("finds", "The example is broken.", True),
        ("works", "2 examples deleted.", False),
    ]
    assert "an example" in caplog.text
    time_machine.shift(timedelta(minutes=59))
    do_due()
    assert len(only) == 3
    time_machine.shift(timedelta(minutes=1))
    do_due()
    assert len(only) == 6
    # A clock that was set back.
    time_machine.shift(-timedelta(days=3))
    do_due()
    assert len(only) == 9
    assert len(outcomes()) == 3


def test_every_chore_of_the_site_says_what_it_did(site_tree: factories.SiteTree) -> None:
    do_due()
    assert {chore.name for chore in chores()} > NAMED_IN_THE_ISSUE
    assert {name for name, *_ in outcomes()} == {chore.name for chore in chores()}
    for name, outcome, failed in outcomes():
        assert outcome.endswith(".") and not failed, name


def test_files_that_nothing_refers_to_are_deleted_after_thirty_days(
    settings: Settings, tmp_path: Path, time_machine: TimeMachineFixture
) -> None:
    settings.MEDIA_ROOT = tmp_path
    image: SiteImage = factories.SiteImageFactory()
    image.get_rendition("width-10")
    kept = {image.file.name, image.renditions.get().file.name}
    time_machine.move_to(timezone.now())
    orphan = default_storage.save("original_images/left-behind.png", ContentFile(b"an example"))
    do_due()
    assert default_storage.exists(orphan)
    assert ChoreRun.objects.get(name="orphans").outcome.endswith("1 more will be, once 30 days old.")
    time_machine.shift(timedelta(days=31))
    do_due()
    assert not default_storage.exists(orphan)
    assert all(default_storage.exists(name) for name in kept)
    assert ChoreRun.objects.get(name="orphans").outcome == "1 file deleted."


def test_a_ledger_that_somebody_has_changed_is_a_failure(site_tree: factories.SiteTree) -> None:
    row = Publication.objects.order_by("pk").first()
    assert row
    with unprotected_ledger():
        Publication.objects.filter(pk=row.pk).update(title="Another")
    do_due()
    run = ChoreRun.objects.get(name="chain")
    assert run.failed and run.outcome.startswith(f"Row {row.pk} of the ledger was changed")


def test_administrators_see_how_each_went_and_are_told_of_what_failed(only: list[str], client: Client) -> None:
    client.force_login(factories.UserFactory(role="Administrator"))
    url = reverse("maintenance")
    page = client.get(url).content.decode()
    assert page.count("Not yet") == page.count("Soon") == 3
    assert "the publishing process is not running" in page
    assert "needs attention" not in client.get(reverse("wagtailadmin_home")).content.decode()
    do_due()
    page = client.get(url).content.decode()
    assert "2 examples deleted." in page and "Not yet" not in page
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Maintenance that needs attention" in home
    assert "The example is broken." in home and "2 examples" not in home
    client.force_login(factories.UserFactory(role="Managing editor"))
    assert "needs attention" not in client.get(reverse("wagtailadmin_home")).content.decode()
