"""An import whose process is killed, wherever it was, ends with the numbers of one that was not."""

import json
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from news.archive.models import ArchiveImport, ArchiveRow, Progress, State
from news.models import NewsItemPage
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.trashed_page import TrashedPage, outside_trash
from tests.factories import SiteTree
from tests.news.archive.archives import make_names, repeating_csv
from tests.other_process import on_this_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

ROWS, ITEMS = 1_200, 20
# A program that runs the command, and is killed when it has called a function so often.
KILLED = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from news.archive import storing, undoing, uploading
from news.archive.models import ArchiveRow
storing.MOST_ITEMS = undoing.MOST_ITEMS = 8
storing.MOST_SECONDS = undoing.MOST_SECONDS = 3600
def kill_after(calls, place, name):
    act, left = getattr(place, name), iter(range(calls))
    def counting(*args, **kwargs):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*args, **kwargs)
    setattr(place, name, counting)
{}
call_command("import_news", *sys.argv[1:])
"""
READING = 'kill_after(700, ArchiveRow, "of")'
CHECKING = 'kill_after(1, uploading, "update_rows")'
IMPORTING = 'kill_after(13, storing, "add_item")'
UNDOING = 'kill_after(11, undoing, "move_to_trash")'


def killed(place: str, *arguments: str) -> None:
    command = [sys.executable, "-c", KILLED.format(place), *arguments]
    process = subprocess.run(command, cwd=settings.BASE_DIR, env=on_this_database(), capture_output=True, check=False)
    assert process.returncode == -signal.SIGKILL, process.stderr.decode()


def ended(*arguments: str) -> str:
    """What the command prints when nothing kills it."""
    out = StringIO()
    call_command("import_news", *arguments, stdout=out)
    return out.getvalue()


def in_site() -> Any:
    return outside_trash(NewsItemPage.objects.live())


@pytest.mark.sweep
def test_an_import_that_is_killed_at_three_places_ends_as_its_report_says(site_tree: SiteTree, tmp_path: Path) -> None:
    make_names()
    file = tmp_path / "archive.csv"
    file.write_text(repeating_csv(ROWS, ITEMS))
    arguments = (str(file), "--as", "live")
    dry_run = json.loads(ended(str(file), "--dry-run", "--json"))
    assert (dry_run["new"], dry_run["on_file"], dry_run["changed"], dry_run["refused"]) == (ITEMS, ROWS - ITEMS, 0, 0)

    killed(READING, *arguments)
    assert (ArchiveImport.objects.get().state, ArchiveRow.objects.count()) == (State.READING, 500)
    killed(CHECKING, *arguments)
    assert (ArchiveImport.objects.get().state, ArchiveRow.objects.exclude(outcome="").count()) == (
        State.CHECKING,
        500,
    )
    killed(IMPORTING, *arguments)
    assert ArchiveImport.objects.get().state == State.IMPORTING
    assert in_site().count() == 8 == ArchiveRow.objects.filter(progress=Progress.ADDED).count()

    report = json.loads(ended(*arguments, "--json"))
    assert {name: report[name] for name in dry_run if name != "rows"} == {
        name: said for name, said in dry_run.items() if name != "rows"
    }
    assert (report["added"], report["drafts"]) == (ITEMS, 0)
    assert in_site().count() == ITEMS == Publication.objects.filter(cause=Cause.IMPORTED).count()
    assert in_site().values("link").distinct().count() == ITEMS
    assert (ArchiveImport.objects.get().state, ArchiveRow.objects.count()) == (State.DONE, ROWS)

    killed(UNDOING, str(file), "--undo")
    assert in_site().count() == ITEMS - 8
    assert ended(str(file), "--undo") == f"{ITEMS} moved to the trash.\n"
    assert not in_site().exists() and TrashedPage.objects.count() == ITEMS
