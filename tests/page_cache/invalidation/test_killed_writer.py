"""The row that a writer killed around its commit leaves for the listener."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from site_core.page_cache.invalidation.committed_change import this_machine
from site_core.page_cache.invalidation.invalidation_listener import UnknownChanges
from site_core.redirects.gone import WithdrawnURL
from tests.page_cache.trials.moves import Moves
from tests.postgresql import VARIABLE

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WRITE = """
import os
from django.db import connection, transaction
from site_core.redirects.gone import WithdrawnURL
with transaction.atomic():
    WithdrawnURL.objects.create(address="/example")
    {then}
"""
DIE_AFTER_COMMIT = "connection.run_on_commit.insert(0, (set(), lambda: os._exit(9), False))"
DIE_BEFORE_COMMIT = "os._exit(9)"
LIVE_ON = "pass"


def write_elsewhere(then: str, machine: Path | None = None) -> int:
    """Writes in another process, on this machine unless the folder of another is given. Returns the exit code."""
    name = str(connection.settings_dict["NAME"])
    database_url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        database_url = urlunsplit(urlsplit(os.environ[VARIABLE])._replace(path=f"/{name}"))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "site_core.settings.local",
        "DATABASE_URL": database_url,
        "STATE_DIR": str(machine or settings.STATE_DIR),
    }
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", WRITE.format(then=then)]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False).returncode


def test_a_writer_that_lives_moves_the_generation_of_every_local_process() -> None:
    moves = Moves()
    assert write_elsewhere(LIVE_ON) == 0
    assert (moves.number, moves.rows.get().machine, moves.known) == (1, this_machine(), 1)


def test_a_writer_killed_after_its_commit_leaves_an_unannounced_row() -> None:
    changes = UnknownChanges()
    changes.poll()
    moves = Moves()
    assert write_elsewhere(DIE_AFTER_COMMIT) == 9
    assert WithdrawnURL.objects.exists()
    assert (moves.number, moves.rows.get().machine, moves.known) == (0, this_machine(), 0)
    changes.poll()
    changes.poll()
    assert (moves.number, moves.known) == (1, 1)


def test_a_writer_killed_before_its_commit_leaves_nothing() -> None:
    moves = Moves()
    assert write_elsewhere(DIE_BEFORE_COMMIT) == 9
    assert not WithdrawnURL.objects.exists()
    assert (moves.number, moves.rows.count()) == (0, 0)


def test_another_machine_has_an_id_and_a_generation_of_its_own(tmp_path: Path) -> None:
    moves = Moves()
    assert write_elsewhere(LIVE_ON, machine=tmp_path) == 0
    row = moves.rows.get()
    assert row.machine == (tmp_path / "machine").read_text() != this_machine()
    assert (moves.number, moves.known) == (0, 1)
    assert (tmp_path / "generation").exists()
