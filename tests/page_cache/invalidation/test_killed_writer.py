"""The row that a writer killed around its commit leaves for the listener."""

from pathlib import Path

import pytest

from site_core.page_cache.invalidation.machine import this_machine
from site_core.page_cache.invalidation_listener import UnknownChanges
from site_core.redirects.gone import WithdrawnURL
from tests.page_cache import elsewhere
from tests.page_cache.trials.moves import Moves

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]

WRITE = """
import os
from django.db import connection, transaction
from site_core.redirects.gone import WithdrawnURL
with transaction.atomic():
    WithdrawnURL.objects.create(path="/example")
    {then}
"""
DIE_AFTER_COMMIT = "connection.run_on_commit.insert(0, (set(), lambda: os._exit(9), False))"
DIE_BEFORE_COMMIT = "os._exit(9)"
LIVE_ON = "pass"


def write_elsewhere(then: str, machine: Path | None = None) -> int:
    """Write in a process of its own, on this machine unless another one's folder is given. Gives its exit code."""
    return elsewhere.run(WRITE.format(then=then), machine)


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
    assert row.machine != this_machine()
    assert (moves.number, moves.known) == (0, 1)
    assert (tmp_path / "generation").exists()
