"""What is changed on one machine is seen on another, which shares nothing with it but the database and the media."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page_cache.trials.machine import Machine
from tests.page_cache.trials.never_stale import seconds_until_fresh
from tests.page_cache.trials.prepared import Prepared
from tests.running_site import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.parametrize("prepared", ["PostgreSQL"], indirect=True)]

CUT_OFF = "The database cannot be asked for changes"


@pytest.fixture
def machines(prepared: Prepared, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    one = prepared.machine(tmp_path / "one", servers=1)
    with one, one.another(tmp_path / "another") as another:
        yield one, another


def test_a_change_on_one_is_seen_on_the_other_within_a_second(machines: tuple[Machine, Machine]) -> None:
    one, another = machines
    assert seconds_until_fresh(one, "commit", another) < 1
    assert seconds_until_fresh(another, "commit", one, in_transaction=False) < 1


def test_a_change_by_a_writer_that_was_killed_is_seen_on_both(machines: tuple[Machine, Machine]) -> None:
    one, another = machines
    assert seconds_until_fresh(one, "die_after_commit", another, in_transaction=True) < 2


def test_a_change_while_nobody_could_listen_is_seen_all_the_same(machines: tuple[Machine, Machine]) -> None:
    one, another = machines
    assert seconds_until_fresh(one, "commit_unheard", another) < 2
    wait_until(lambda: all(CUT_OFF in machine.log for machine in machines))
    assert seconds_until_fresh(one, "commit", another) < 1
