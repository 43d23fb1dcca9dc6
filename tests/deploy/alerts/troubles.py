"""What can go wrong with the site. Each trouble is made for real, as far as one process can, and shows in metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone

from site_core.mail.models import UnsentMail
from site_core.ops.gauges import machine_state, site_state, worker_state
from site_core.ops.models import RestoreDrill
from site_core.page_cache import faults
from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.invalidation import generation
from site_core.page_cache.metrics import REQUESTS
from site_core.publishing.ledger.comparison import CACHE_KEY
from site_core.publishing.runner.clock import Clock
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import RunnerLease
from site_core.settings import environment
from tests import factories
from tests.page_cache.trials.asking import ask, store_in
from tests.publishing.events import HOUR, break_revision, scheduled_item
from tests.publishing.ledger.planted_differences import snippet_put_online
from tests.small_disk import fill

END_OF_CERTIFICATE = machine_state._end_of_certificate


@dataclass
class Scene:
    """Where a trouble is made. `disk` is small."""

    site_tree: factories.SiteTree
    folder: Path
    disk: Path
    settings: Any
    monkeypatch: pytest.MonkeyPatch


def _site(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", REVALIDATED)])
    return [b"a page"]


def _broken(environ: Any, start_response: Any) -> list[bytes]:
    raise ZeroDivisionError


def no_page_can_be_rendered(scene: Scene) -> None:
    store = store_in(scene.folder / "pages", _broken)
    for number in range(20):
        ask(store, f"/{number}/")


def pages_can_be_rendered_no_more(scene: Scene) -> None:
    store = store_in(scene.folder / "pages", _site)
    page = ask(store)
    generation.increment()
    store.renderer.application = _broken
    for _ in range(20):
        # As nginx asks, which has the page.
        ask(store, if_none_match=page.headers["etag"])


def requests_take_long(scene: Scene) -> None:
    for _ in range(20):
        REQUESTS.labels("2xx").observe(4)


def the_folder_of_pages_is_a_file(scene: Scene) -> None:
    (scene.folder / "pages").write_text("a file where a folder should be")
    ask(store_in(scene.folder / "pages", _site))
    faults.forget()


def the_disk_is_full(scene: Scene) -> None:
    scene.settings.STATE_DIR = scene.disk
    fill(scene.disk)


def the_database_is_away(scene: Scene) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError

    scene.monkeypatch.setattr(connection, "cursor", refuse)


def threads_wait_for_a_connection(scene: Scene) -> None:
    worker_state._WAITING.set(3)


def nobody_publishes(scene: Scene) -> None:
    RunnerLease.objects.update(expires_at=timezone.now() - timedelta(seconds=300))


def an_item_cannot_go_live(scene: Scene) -> None:
    break_revision(scheduled_item(scene.site_tree))
    publish_due(timezone.now() + HOUR, lambda: True)


def nobody_verifies(scene: Scene) -> None:
    scheduled_item(scene.site_tree)
    publish_due(timezone.now() + HOUR, lambda: True)


def the_ledger_is_bypassed(scene: Scene) -> None:
    snippet_put_online()
    cache.delete(CACHE_KEY)


def the_last_drill_is_old(scene: Scene) -> None:
    RestoreDrill.objects.update(at=timezone.now() - timedelta(days=9))


def no_drill_was_ever_made(scene: Scene) -> None:
    RestoreDrill.objects.all().delete()


def nobody_answers_at_the_public_address(scene: Scene) -> None:
    scene.monkeypatch.setattr(machine_state, "_end_of_certificate", END_OF_CERTIFICATE)
    scene.settings.SITE_URL = environment.site_url("https://127.0.0.1:9", "NO_SUCH_VARIABLE")


def the_clock_is_off(scene: Scene) -> None:
    """`tests/ops/test_health.py` sets the clock of the machine, on PostgreSQL."""
    scene.monkeypatch.setattr(site_state, "read_clock", lambda: Clock(timezone.now(), timedelta(seconds=-3)))


def the_mail_server_does_not_answer(scene: Scene) -> None:
    written_at = timezone.now() - timedelta(minutes=11)
    UnsentMail.objects.create(content={}, recipients="example@example.org", subject="Example", queued_at=written_at)


# By the alert that each has to fire. Those of whole processes are made of what the others print.
TROUBLES: list[tuple[str, Callable[[Scene], None]]] = [
    ("PagesFail", no_page_can_be_rendered),
    ("PagesAreOutdated", pages_can_be_rendered_no_more),
    ("PagesAreSlow", requests_take_long),
    ("PageCacheCannotUseItsFiles", the_folder_of_pages_is_a_file),
    ("DiskIsNearlyFull", the_disk_is_full),
    ("DatabaseDoesNotAnswer", the_database_is_away),
    ("DatabaseConnectionsAreUsedUp", threads_wait_for_a_connection),
    ("NothingGoesLive", nobody_publishes),
    ("GoLiveFailed", an_item_cannot_go_live),
    ("PublicNotVerified", nobody_verifies),
    ("LedgerIsWrong", the_ledger_is_bypassed),
    ("BackupsAreUntried", the_last_drill_is_old),
    ("BackupsAreUntried", no_drill_was_ever_made),
    ("CertificateEndsSoon", nobody_answers_at_the_public_address),
    ("ClockIsOff", the_clock_is_off),
    ("EmailWaits", the_mail_server_does_not_answer),
]
