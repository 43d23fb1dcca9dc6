"""Every test: the suite on SQLite, the suite on PostgreSQL, the tests that drive a browser, and those that start the
whole site. `make test` runs this.

Each part runs whatever became of the one before. The last line has the counts of all.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tests.postgresql import VARIABLE

PYTEST = [sys.executable, "-m", "pytest", "--quiet"]
SIDE_BY_SIDE = [*PYTEST, "-n", "2", "-m"]
SUITE = [*SIDE_BY_SIDE, "not browser and not processes"]
ON_POSTGRESQL = [sys.executable, "-m", "tests.postgresql"]
PARTS = {
    "SQLite": SUITE,
    "PostgreSQL": [*ON_POSTGRESQL, *SUITE],
    "Browser": [*ON_POSTGRESQL, *SIDE_BY_SIDE, "browser"],
    # Alone, because they hold the site to the second.
    "Processes": [*ON_POSTGRESQL, *PYTEST, "-m", "processes"],
}


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


def main() -> int:
    without_address = {name: value for name, value in os.environ.items() if name != VARIABLE}
    outcomes = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, command in PARTS.items():
            print(f"\n== {name} ==", flush=True)
            environment = without_address if name == "SQLite" else dict(os.environ)
            outcomes[name] = run(command, Path(folder) / f"{name}.xml", environment)
    print()
    for name, outcome in outcomes.items():
        print(f"{name + ':':<12}{outcome}")
    parts = outcomes.values()
    total = Outcome(0, *(sum(getattr(part, count) for part in parts) for count in ("passed", "failed", "skipped")))
    print(total)
    return max(part.code for part in parts)


if __name__ == "__main__":
    sys.exit(main())
