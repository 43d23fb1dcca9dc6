"""How punctual the site is, beside what Wagtail's own publishing takes in the same run.

`python -m benchmarks.publishing` starts the site as `make run` does, on SQLite in a folder of its own or on the
database at DATABASE_URL (which has to be empty), and lets objects go live while it kills the publishing process and
runs a second one. The exit code is 1 if anything was early, late, lost or done twice.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path
from statistics import mean

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from tests.publishing.runner.on_time import Trial, inside, second_runner, try_it
from tests.running_site import RunningSite, free_port

FEW, MANY, POISONED = 20, 200, 5
# Seconds after the time, and how much longer than Wagtail's own publishing the many may take.
FEW_WITHIN, FIRST_WITHIN = 2.0, 1.0
RATIO = 1.3


def wrong_with(trial: Trial, number: int, poisoned: int) -> list[str]:
    """What did not go as it must, whatever the size."""
    checks = {
        f"{trial.early} public before the time": trial.early == 0 and min(trial.lateness) >= 0,
        f"{len(trial.lateness)} of {number - poisoned} went live": len(trial.lateness) == number - poisoned,
        f"{trial.twice} published twice": trial.twice == 0,
        f"{trial.not_public} not public in the end": trial.not_public == 0,
        f"{trial.public_though_broken} public though broken": trial.public_though_broken == 0,
        f"{len(trial.reasons)} of {poisoned} failures with a reason": len(trial.reasons) == poisoned,
        f"{trial.schedules_kept} of {poisoned} schedules kept": trial.schedules_kept == poisoned,
    }
    return [words for words, holds in checks.items() if not holds]


def measure(site: RunningSite) -> list[str]:
    """Run both trials, print what they took, and say what is wrong."""
    few = try_it(site, FEW, 0, kill=False)
    print(f"{FEW} at once: {few}")
    wrong = wrong_with(few, FEW, 0)
    if few.all_seen > FEW_WITHIN:
        wrong.append(f"the last of {FEW} was seen after {few.all_seen:.2f} s instead of {FEW_WITHIN:.0f} s")

    good = MANY - POISONED
    before = inside(site, f"stock_seconds({good})")
    many = try_it(site, MANY, POISONED, kill=True)
    # Before and after, because what else the machine does changes meanwhile.
    stock = mean([before, inside(site, f"stock_seconds({good})")])
    took = max(many.lateness)
    print(f"{MANY} at once, {POISONED} of them broken, the process killed: {many}")
    print(
        f"{good} went live in {took:.2f} s, × {took / stock:.2f} of what Wagtail's own publish() takes: {stock:.2f} s"
    )
    for reason in many.reasons:
        print(f"  kept, with the reason: {reason}")
    wrong += wrong_with(many, MANY, POISONED)
    if many.first_seen > FIRST_WITHIN:
        wrong.append(f"the first of {MANY} was seen after {many.first_seen:.2f} s instead of {FIRST_WITHIN:.0f} s")
    if took > RATIO * stock:
        wrong.append(f"{good} took × {took / stock:.2f} of Wagtail's own time, more than {RATIO}")
    return wrong


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        database = {"DATABASE_URL": os.environ["DATABASE_URL"]} if os.environ.get("DATABASE_URL") else {}
        with RunningSite(Path(folder), port, **database) as site:
            site.wait_for_line(f"http://localhost:{port}/admin/")
            second = second_runner(site)
            try:
                wrong = measure(site)
            finally:
                for process in (second, site.process):
                    process.send_signal(signal.SIGINT)
                    process.wait()
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
