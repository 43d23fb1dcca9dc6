"""A thousand random actions of editors, schedules and programs, between visits by eight clients over two processes.

`python -m benchmarks.never_stale [actions] [--seed NUMBER]` starts the site in folders of its own, on SQLite and then
on a PostgreSQL that it starts, and holds every answer against what it should have been. It kills writers between the
commit and the word of it, too. The exit code is 1 if any answer was older than a commit that was complete before it
was asked for, or anything raised an error.
"""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from tests.page_cache.trials.machine import Machine
from tests.page_cache.trials.never_stale import Trial, seconds_until_fresh, try_it
from tests.page_cache.trials.prepared import Prepared, prepare_sqlite, prepared_on_postgresql
from tests.postgresql import own_server

ACTIONS = 1_000
# How often a writer is killed, and how many seconds may pass until what it wrote is seen.
KILLED, FRESH_WITHIN = 10, 2.0
# The same for a change that another machine shows.
ELSEWHERE, FRESH_ELSEWHERE_WITHIN = 10, 1.0


@contextmanager
def sites() -> Iterator[dict[str, Prepared]]:
    """The site on each database."""
    with tempfile.TemporaryDirectory() as name, own_server() as server:
        folders = [Path(name) / database for database in ("SQLite", "PostgreSQL")]
        static = Path(name) / "static"
        for folder in (static, *folders):
            folder.mkdir()
        for folder in folders:
            (folder / "static").symlink_to(static)
        with prepared_on_postgresql(folders[1], server.address) as on_postgresql:
            yield {"SQLite": prepare_sqlite(folders[0]), "PostgreSQL": on_postgresql}


def measure(machine: Machine, actions: int, seed: int) -> list[str]:
    """Run the trial, print what it saw, and say what is wrong."""
    began = time.monotonic()
    trial = try_it(machine, actions, seed)
    took = time.monotonic() - began
    fresh = [
        seconds_until_fresh(machine, "die_after_commit", in_transaction=bool(number % 2)) for number in range(KILLED)
    ]
    for action, number in sorted(trial.actions.items()):
        print(f"  {action:<36}{number:>6}")
    answered = ", ".join(f"{number} × {status}" for status, number in sorted(trial.kinds.items()))
    print(f"  {actions} actions, {len(trial.answers) - 1} commits, {len(trial.visits)} visits in {took:.0f} s")
    print(f"  answered {answered}")
    print(f"  rendered while a change was committed: {len(trial.mixed)}")
    print(f"  stale: {len(trial.stale)}; never right: {len(trial.odd)}; without an answer: {len(trial.errors)}")
    print(f"  fresh after a writer was killed: {', '.join(f'{seconds:.2f}' for seconds in sorted(fresh))} s")
    return wrong_with(trial, fresh, machine.log)


def wrong_with(trial: Trial, fresh: list[float], log: str) -> list[str]:
    """What did not go as it must."""
    wrong = [*trial.first_wrong, *trial.errors[:10]]
    wrong += [f"“{action}” was not seen, or was: {number} times" for action, number in trial.unlike_said.items()]
    if trial.failed:
        wrong.append(f"{trial.failed} actions failed")
    if "Traceback" in log:
        wrong.append(f"a web server wrote: {log[log.index('Traceback') :][:2_000]}")
    if max(fresh) > FRESH_WITHIN:
        wrong.append(f"what a killed writer wrote was seen after {max(fresh):.2f} s instead of {FRESH_WITHIN:.0f} s")
    return wrong


def measure_elsewhere(machine: Machine, folder: Path) -> list[str]:
    """Measure how soon a second machine shows what this one commits, and say what is wrong."""
    with machine.another(folder) as another:
        fresh = [seconds_until_fresh(machine, "commit", another) for _ in range(ELSEWHERE)]
    print(f"  fresh on another machine: {', '.join(f'{seconds:.2f}' for seconds in sorted(fresh))} s")
    if max(fresh) <= FRESH_ELSEWHERE_WITHIN:
        return []
    return [f"another machine showed a change after {max(fresh):.2f} s instead of {FRESH_ELSEWHERE_WITHIN:.0f} s"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("actions", nargs="?", type=int, default=ACTIONS)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    asked = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As an exception, so that the servers are stopped on the way out.
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    wrong = []
    with sites() as prepared:
        for database, site in prepared.items():
            print(f"{database}, seed {asked.seed}:", flush=True)
            with tempfile.TemporaryDirectory() as folder, site.machine(Path(folder) / "site") as machine:
                found = measure(machine, asked.actions, asked.seed)
                if database == "PostgreSQL":
                    found += measure_elsewhere(machine, Path(folder) / "another")
                wrong += [f"{database}: {words}" for words in found]
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
