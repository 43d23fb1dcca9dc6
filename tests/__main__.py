"""Every test: the suite on SQLite, the suite on PostgreSQL, the tests that drive a browser, those that start the whole
site, and those that start it as it is deployed. `make test` runs this.

Each part runs whatever became of the one before. The last line has the counts of all; above it stand the tests that
took longest.
"""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tests.postgresql import TEMPLATE, VARIABLE, NoServer, migrated, server

# In one order, because no whole run in a random one has been seen to pass yet; `python -m pytest` shuffles.
PYTEST = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:randomly"]
# An idle worker takes tests from the end of the other one's list, so that most modules stay with one worker.
SIDE_BY_SIDE = [*PYTEST, "-n", "2", "--dist", "worksteal", "-m"]
SUITE = "not browser and not processes and not deploy"
ON_SQLITE = [*SIDE_BY_SIDE, SUITE]
ON_POSTGRESQL = {
    # What needs no database has been run by then.
    "PostgreSQL": [*SIDE_BY_SIDE, f"database and {SUITE}"],
    "Browser": [*SIDE_BY_SIDE, "browser"],
    # Alone, because they hold the site to the second.
    "Processes": [*PYTEST, "-m", "processes"],
}
# With a server of its own, which it stops and starts again.
DEPLOYMENT = [*PYTEST, "-m", "deploy"]
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


def run(command: list[str], report: Path, environment: dict[str, str]) -> Outcome:
    """Run one part and count from the report it leaves. A part that could not run at all counts as one failure."""
    code = subprocess.run([*command, f"--junit-xml={report}"], env=environment, check=False).returncode
    if not report.exists():
        return Outcome(code or 1, failed=1)
    counts = ElementTree.parse(report).getroot()[0].attrib  # noqa: S314 (our own file)
    failed, skipped = int(counts["failures"]) + int(counts["errors"]), int(counts["skipped"])
    return Outcome(code, int(counts["tests"]) - failed - skipped, failed, skipped)


def outcomes_in(folder: Path) -> dict[str, Outcome]:
    """Run each part; those on PostgreSQL share one server and one migrated database that theirs are copied from."""
    without_server = {name: value for name, value in os.environ.items() if name != VARIABLE}
    outcomes = {"SQLite": run_part("SQLite", ON_SQLITE, folder, without_server)}
    try:
        with server() as address, migrated(address) as template:
            environment = os.environ | {VARIABLE: address, TEMPLATE: template}
            for name, command in ON_POSTGRESQL.items():
                outcomes[name] = run_part(name, command, folder, environment)
    except NoServer as error:
        print(error, file=sys.stderr)
        outcomes |= {name: Outcome(1, failed=1) for name in ON_POSTGRESQL if name not in outcomes}
    outcomes["Deployment"] = run_part("Deployment", DEPLOYMENT, folder, without_server)
    return outcomes


def run_part(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> Outcome:
    print(f"\n== {name} ==", flush=True)
    return run(command, folder / f"{name}.xml", environment)


def slowest_in(folder: Path) -> list[str]:
    """The tests that took longest, each with its seconds and its part."""
    took = [
        (float(test.attrib["time"]), report.stem, f"{test.attrib['classname']}.{test.attrib['name']}")
        for report in folder.glob("*.xml")
        for test in ElementTree.parse(report).iter("testcase")  # noqa: S314 (our own file)
    ]
    return [
        f"{seconds:6.1f} s  {part + ':':<12}{name}" for seconds, part, name in sorted(took, reverse=True)[:SLOWEST]
    ]


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As an exception, so that the server is stopped on the way out.
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory() as folder:
        outcomes = outcomes_in(Path(folder))
        print("\n== Slowest ==", *slowest_in(Path(folder)), "", sep="\n")
    for name, outcome in outcomes.items():
        print(f"{name + ':':<12}{outcome}")
    parts = outcomes.values()
    total = Outcome(0, *(sum(getattr(part, count) for part in parts) for count in ("passed", "failed", "skipped")))
    print(total)
    return max(part.code for part in parts)


if __name__ == "__main__":
    sys.exit(main())
