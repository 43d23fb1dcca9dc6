"""The whole site is punctual even if its publishing process is killed and a second one runs.

`python -m benchmarks.publishing` does the same with two hundred, and measures.
"""

import sys
from pathlib import Path

import pytest

from tests.page_cache.trials.prepared import Prepared
from tests.publishing.runner.on_time import second_runner, try_it
from tests.running_site import free_port


@pytest.mark.sweep
@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_is_due_at_one_time_goes_live_then_and_once(prepared_on_sqlite: Prepared, tmp_path: Path) -> None:
    port = free_port()
    with prepared_on_sqlite.site(tmp_path, port) as site:
        site.wait_for_line(f"http://localhost:{port}/admin/")
        second = second_runner(site)
        try:
            trial = try_it(site, number=10, poisoned=2, kill=True, seconds_ahead=12)
        finally:
            second.terminate()
            second.wait()
    assert trial.early == 0
    assert 0 <= min(trial.lateness) < max(trial.lateness)
    assert len(trial.lateness) == 8
    # The benchmark measures. Here other tests have the machine, too.
    assert trial.all_seen < 30
    assert trial.twice == 0
    assert sorted(trial.reasons) == ["Headline: This field cannot be blank.", "Outcome: This field cannot be blank."]
    assert trial.schedules_kept == 2
    assert (trial.not_public, trial.public_though_broken) == (0, 0)
