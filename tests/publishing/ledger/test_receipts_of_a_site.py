"""Receipts and the alarm with the site's own processes: web server, publishing process, and a cache between them."""

import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.ops.test_supervisor import SCHEDULE
from tests.page_cache.trials.prepared import Prepared
from tests.publishing.runner.broken_proxy import proxy
from tests.running_site import free_port, wait_until

SECONDS_TO_ALARM = 10
TAKE_DOWN = """
from news.models import NewsItemPage
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recording import because
with because(Cause.UNPUBLISHED, by="An editor"):
    NewsItemPage.objects.get(slug="on-time").unpublish()
"""


def receipts(folder: Path) -> list[tuple[str, str | None, str | None, str]]:
    """(path, due, seen, problem) of each, the oldest first."""
    with closing(sqlite3.connect(folder / "site.sqlite3")) as database:
        return database.execute(
            "SELECT path, due_at, seen_at, problem FROM publishing_receipt"
            " JOIN publishing_publication ON publication_id = publishing_publication.id ORDER BY publishing_receipt.id"
        ).fetchall()


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_go_live_gets_its_receipt_and_a_cache_gone_wrong_an_alarm(
    prepared_on_sqlite: Prepared, tmp_path: Path
) -> None:
    port = free_port()
    with proxy(port) as cache, prepared_on_sqlite.site(tmp_path, port, VERIFICATION_URL=cache.address.url) as site:
        site.wait_for_line(f"http://localhost:{port}/admin/")

        site.shell(SCHEDULE)
        wait_until(lambda: len(receipts(tmp_path)) == 2 and all(seen for _, _, seen, _ in receipts(tmp_path)))
        assert [(path, problem) for path, due, _, problem in receipts(tmp_path) if due] == [
            ("/news/on-time/", ""),
            ("/impact/boston-shootings/", ""),
        ]
        assert {"/news/on-time/", "/news/", "/impact/boston-shootings/", "/impact/", "/"} <= set(cache.asked)

        cache.tampers = True
        site.shell(TAKE_DOWN)
        taken_down_at = time.monotonic()
        wait_until(lambda: receipts(tmp_path)[-1][3])
        assert time.monotonic() - taken_down_at < SECONDS_TO_ALARM
        site.wait_for_line("Not what the public sees: On time")

        cache.tampers = False
        wait_until(lambda: receipts(tmp_path)[-1][2])
        path, _, _, problem = receipts(tmp_path)[-1]
        assert (path, problem) == ("/news/on-time/", "")
