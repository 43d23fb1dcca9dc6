"""The suite on SQLite, the suite on PostgreSQL, the tests that drive a browser and those that start the whole site.

`make test` runs this without the sweeps, which try every page, screen, state, width or way of a kind and take as long
as all else. `make test-sweeps` runs those, as `python -m tests sweeps`, and `make test-deploy` runs `python -m tests
deploy`, the tests that start the site as it is deployed. CI runs all three.

Each part runs whatever became of the one before. Where few tests of a part failed, they run once more, alone: one may
wait too long on a busy machine, and the order of the tests is another each time. What passes then is named at the end.
The last line has the counts of all; above it stand the tests that took longest.
"""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.memory_folder import memory_folder
from tests.postgresql import TEMPLATE, VARIABLE, NoServer, migrated, server

PYTEST = [sys.executable, "-m", "pytest", "--quiet"]
# One worker for each processor. An idle worker takes tests from the end of another one's list, so that most modules
# stay with one worker.
SIDE_BY_SIDE = [*PYTEST, "-n", "logical", "--dist", "worksteal", "-m"]
SUITE = "not browser and not processes and not deploy"
# What depends on no database has been run by then.
ON_POSTGRESQL = f"database and not one_database and {SUITE}"
# Some faults need no deployment, and the table at the end has them all.
DEPLOYMENT = [*PYTEST, "-m", "deploy or fault"]
AGAIN = [*PYTEST, "--last-failed", "--last-failed-no-failures=none", "-m"]
# More failures than this in one part are no chance.
MOST_TRIED_AGAIN = 10
SLOWEST = 20


@dataclass(frozen=True)
class Outcome:
    """How one part ended."""

    code: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


class Parts:
    """The parts that were run, with their outcomes by name. Their reports are in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outcomes: dict[str, Outcome] = {}
        self.passed_again: list[str] = []

    def run_once(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Run one part and count from its report. A part that could not run at all counts as one failure."""
        print(f"\n== {name} ==", flush=True)
        report = self.folder / f"{name}.xml"
        code = subprocess.run([*command, f"--junit-xml={report}"], env=environment, check=False).returncode
        if not report.exists():
            self.outcomes[name] = Outcome(code or 1, failed=1)
            return
        counts = ElementTree.parse(report).getroot()[0].attrib  # noqa: S314 (our own file)
        failed, skipped = int(counts["failures"]) + int(counts["errors"]), int(counts["skipped"])
        self.outcomes[name] = Outcome(code, int(counts["tests"]) - failed - skipped, failed, skipped)

    def run(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Run one part. What failed runs once more, one test at a time; only what fails again counts as failed.

        The marker of the part stands last in `command`.
        """
        self.run_once(name, command, environment)
        failed = set(failed_in(self.folder / f"{name}.xml"))
        if not 0 < len(failed) <= MOST_TRIED_AGAIN:
            return
        again = f"{name}, again"
        self.run_once(again, [*AGAIN, command[-1]], environment)
        first, second = self.outcomes[name], self.outcomes.pop(again)
        still_failed = set(failed_in(self.folder / f"{again}.xml"))
        # Anything else, such as a module that cannot be imported, stays a failure.
        if second.passed + len(still_failed) == len(failed):
            passed = first.passed + second.passed
            self.outcomes[name] = Outcome(second.code, passed, len(still_failed), first.skipped)
            self.passed_again += sorted(failed - still_failed)


def run_all(parts: Parts, which: str) -> None:
    """Run each part of the sweeps (“sweep”), or of all else (“not sweep”).

    Those on PostgreSQL share one server and one migrated database that theirs are copied from.
    """

    def run(name: str, marked: str, environment: dict[str, str]) -> None:
        parts.run(name, [*SIDE_BY_SIDE, f"{which} and {marked}"], environment)

    run("SQLite", SUITE, {name: value for name, value in os.environ.items() if name != VARIABLE})
    try:
        with server() as address, migrated(address) as template:
            environment = os.environ | {VARIABLE: address, TEMPLATE: template}
            run("PostgreSQL", ON_POSTGRESQL, environment)
            run("Browser", "browser", environment)
            run("Processes", "processes", environment)
    except NoServer as error:
        print(error, file=sys.stderr)
        parts.outcomes["PostgreSQL"] = Outcome(1, failed=1)


def name_of(test: ElementTree.Element) -> str:
    return f"{test.attrib['classname']}.{test.attrib['name']}"


def tests_in(report: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314 (our own file)


def failed_in(report: Path) -> Iterator[str]:
    """The names of the tests that failed, in themselves or as they began or ended."""
    return (name_of(test) for test in tests_in(report) if {"failure", "error"} & {child.tag for child in test})


def slowest_in(folder: Path) -> list[str]:
    """The tests that took longest, each with its seconds and its part."""
    took = [
        (float(test.attrib["time"]), report.stem, name_of(test))
        for report in folder.glob("*.xml")
        for test in tests_in(report)
    ]
    return [
        f"{seconds:6.1f} s  {part + ':':<12}{name}" for seconds, part, name in sorted(took, reverse=True)[:SLOWEST]
    ]


def main(names: list[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As an exception, so that the server is stopped on the way out.
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        # PostgreSQL, which is not run as root, has to come through.
        Path(folder).chmod(0o711)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        # Each of the processes that the tests start would compile the site anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        parts = Parts(Path(folder))
        if names == ["deploy"]:
            parts.run("Deployment", DEPLOYMENT, dict(os.environ))
        else:
            run_all(parts, "sweep" if names == ["sweeps"] else "not sweep")
        print("\n== Slowest ==", *slowest_in(parts.folder), "", sep="\n")
    if parts.passed_again:
        print("Failed at first and passed when run again alone:", *parts.passed_again, "", sep="\n  ")
    for name, outcome in parts.outcomes.items():
        print(f"{name + ':':<12}{outcome}")
    outcomes = parts.outcomes.values()
    total = Outcome(0, *(sum(getattr(one, count) for one in outcomes) for count in ("passed", "failed", "skipped")))
    print(total)
    return max(outcome.code for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
