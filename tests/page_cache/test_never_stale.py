"""Once a commit is complete, no visitor of any process gets anything older.

`python -m benchmarks.never_stale` does the same with a thousand actions, and measures how soon a change is visible.
"""

import re
from pathlib import Path

import pytest

from tests.page_cache.trials.never_stale import SOON, seconds_until_fresh, try_it
from tests.page_cache.trials.prepared import Prepared

pytestmark = pytest.mark.processes

# With this many actions, this seed has nearly every kind.
ACTIONS, SEED = 24, 6578
# The last line of a traceback. On a busy machine a query may be given up, and the visitor gets an older copy that says
# how old it is.
ERROR = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception|Canceled|NotAvailable|Timeout): .*", re.MULTILINE)
GIVEN_UP = "canceling statement due to"


@pytest.mark.sweep
def test_no_visitor_gets_anything_older_than_the_last_commit(prepared: Prepared, tmp_path: Path) -> None:
    with prepared.machine(tmp_path / "site") as machine:
        trial = try_it(machine, ACTIONS, SEED)
        assert trial.first_wrong == []
        assert (trial.failed, trial.unlike_said, trial.errors) == (0, {}, [])
        assert [error for error in ERROR.findall(machine.log) if GIVEN_UP not in error] == []
        assert trial.kinds.keys() >= {"200", "301", "404"}

        for in_transaction in (True, False):
            assert seconds_until_fresh(machine, "die_after_commit", in_transaction=in_transaction) < SOON


def test_a_writer_that_invalidates_nothing_is_detected(prepared_on_sqlite: Prepared, tmp_path: Path) -> None:
    with prepared_on_sqlite.machine(tmp_path / "site") as machine:
        trial = try_it(machine, 4, SEED, is_silent=True)
    assert trial.stale
