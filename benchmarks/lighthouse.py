"""Lighthouse on the real pages: mobile preset, simulated slow 4G, the median of five runs, in the system's Chromium.

`python -m benchmarks.lighthouse [PAGE …]` starts the site as `deploy/` has it run and asks nginx over HTTP/2. It needs
Node with npx, which fetches Lighthouse itself. It exits with 1 where a page misses one of the goals.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from tests.chromium import FLAGS, chromium
from tests.deploy.prepared_site import prepared_site
from tests.deploy.running_deployment import running_deployment
from tests.real_pages import PAGES

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 5
# It loses a recording now and then ("NO_NAVSTART"), which says nothing about the page.
TRIES = 3
MEASURED = ("home", "strategy", "news-list", "news-item", "impact", "figure", "places", "place", "text", "press")
# The certificate of the trial is nobody's but its own.
BROWSER = f"--chrome-flags=--headless=new --ignore-certificate-errors {' '.join(FLAGS)}"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Goal:
    """A measure's limit: the least it may be, or the most."""

    name: str
    limit: float
    is_least: bool = False

    def is_met(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit


GOALS = (
    Goal("performance", 100, is_least=True),
    Goal("accessibility", 100, is_least=True),
    Goal("best-practices", 100, is_least=True),
    Goal("seo", 100, is_least=True),
    Goal("LCP ms", 1200),
    Goal("CLS", 0),
    Goal("kB", 100),
    Goal("requests", 8),
)


def measures_of(report: dict[str, Any]) -> dict[str, float]:
    """Scores of 0 to 100, milliseconds, and what came over the wire for the first view (a kB is 1,000 bytes)."""
    audits = report["audits"]
    asked = [item for item in audits["network-requests"]["details"]["items"] if item["url"].startswith("http")]
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES} | {
        "LCP ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "CLS": round(audits["cumulative-layout-shift"]["numericValue"], 4),
        "kB": round(sum(item["transferSize"] for item in asked) / 1000, 1),
        "requests": len(asked),
    }


def run(address: str, program: str) -> dict[str, float]:
    """One run on one page. Raises SystemExit where Lighthouse fails at every try."""
    for _ in range(TRIES):
        report = report_on(address, program)
        if not report.get("runtimeError"):
            return measures_of(report)
    raise SystemExit(f"{address}: {report['runtimeError']['message']}")


def report_on(address: str, program: str) -> dict[str, Any]:
    """What Lighthouse writes about one load of a page, its own failures too."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={file}"]
        command.append(BROWSER)
        subprocess.run(command, env=os.environ | {"CHROME_PATH": program}, check=False)  # noqa: S603
        report: dict[str, Any] = json.loads(file.read_text())
    return report


def main(names: list[str]) -> int:
    with sync_playwright() as playwright:
        program = chromium(playwright)
    with prepared_site() as prepared, running_deployment(prepared) as deployment:
        missed = misses(deployment.address, names, program)
    print("Every goal is met." if not missed else f"{missed} goals are missed: they are marked with !.")
    return min(missed, 1)


def misses(address: str, names: list[str], program: str) -> int:
    """Prints a row for each page, and returns how many goals are missed."""
    missed = 0
    print(f"{'page':<18}" + "".join(f"{goal.name:>16}" for goal in GOALS))
    for name in names or MEASURED:
        runs = [run(address + PAGES[name], program) for _ in range(RUNS)]
        medians = {goal: median(one[goal.name] for one in runs) for goal in GOALS}
        cells = [f"{value:g}{'' if goal.is_met(value) else ' !'}" for goal, value in medians.items()]
        print(f"{name:<18}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
        missed += sum(not goal.is_met(value) for goal, value in medians.items())
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
