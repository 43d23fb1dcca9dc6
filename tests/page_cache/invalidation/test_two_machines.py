"""A change on one machine is visible on another, which shares only the database and the media with it.

How soon exactly, `python -m benchmarks.never_stale` measures. Here a busy machine may take its time.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page_cache.trials.machine import Machine
from tests.page_cache.trials.never_stale import SOON, seconds_until_fresh
from tests.page_cache.trials.prepared import Prepared
from tests.running_site import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.parametrize("prepared", ["PostgreSQL"], indirect=True),
    pytest.mark.sweep,
]

DISCONNECTED = "The database cannot be queried for invalidations"


@pytest.fixture
def machines(prepared: Prepared, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    one = prepared.machine(tmp_path / "one", servers=1)
    with one, one.another(tmp_path / "another") as another:
        yield one, another


def test_a_change_on_one_machine_is_visible_on_the_other(machines: tuple[Machine, Machine]) -> None:
    one, another = machines
    assert seconds_until_fresh(one, "commit", another) < SOON
    assert seconds_until_fresh(another, "commit", one, in_transaction=False) < SOON


def test_a_change_by_a_killed_writer_is_visible_on_both_machines(machines: tuple[Machine, Machine]) -> None:
    one, another = machines
    assert seconds_until_fresh(one, "die_after_commit", another, in_transaction=True) < SOON


def test_a_change_while_no_machine_listens_is_visible_too(machines: tuple[Machine, Machine]) -> None:
    one, another = machines
    assert seconds_until_fresh(one, "commit_unheard", another) < SOON
    wait_until(lambda: all(DISCONNECTED in machine.log for machine in machines))
    assert seconds_until_fresh(one, "commit", another) < SOON
