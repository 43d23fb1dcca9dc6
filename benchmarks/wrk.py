"""Targets under load: what each answers to wrk's two threads and sixteen connections, in rounds that take turns."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median
from urllib.parse import urlsplit

from tests.debian import program

CONNECTIONS = ("-t2", "-c16", "--timeout", "30s")
# Seconds for which each target is asked before the first round, so that every worker has what it serves.
WARMING = 2


@dataclass(frozen=True)
class Target:
    """An address, the headers it is asked with, and the status that it has to answer with."""

    name: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def answer(self) -> tuple[dict[str, str], bytes]:
        """Headers, their names in lower case, and body. Raises SystemExit where the status is another."""
        parts = urlsplit(self.address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request("GET", parts.path, headers={"Accept-Encoding": "identity", **self.headers})
            response = connection.getresponse()
            headers, body = {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()
        if response.status != self.status:
            raise SystemExit(f"{self.name} answered {response.status}, so its speed says nothing.")
        return headers, body


def requests_per_second(target: Target, seconds: int) -> float:
    """What wrk counts. Raises SystemExit where any answer failed."""
    headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    command = [program("wrk", "wrk"), *CONNECTIONS, f"-d{seconds}s", *headers, target.address]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{target.name} failed under load:\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found:
        raise SystemExit(f"wrk said nothing of {target.name}:\n{said}")
    return float(found[1])


def in_rounds(targets: list[Target], rounds: int, seconds: int) -> dict[str, list[float]]:
    """Requests a second of every target in every round; each round begins with another target."""
    for target in targets:
        requests_per_second(target, WARMING)
    found: dict[str, list[float]] = {target.name: [] for target in targets}
    for number in range(rounds):
        first = number * len(targets) // rounds
        for target in targets[first:] + targets[:first]:
            found[target.name].append(requests_per_second(target, seconds))
    return found


def table(found: Mapping[str, Iterable[float]]) -> dict[str, float]:
    """Print a line for each target, with its ratio to the first, and return the medians."""
    medians = {name: median(each) for name, each in found.items()}
    whole = next(iter(medians.values()))
    print(f"{'':<44}{'requests/s':>12}{'ratio':>9}   rounds")
    for name, each in found.items():
        rounds = ", ".join(f"{one:.0f}" for one in each)
        print(f"{name:<44}{medians[name]:>12.0f}{medians[name] / whole:>9.4f}   {rounds}")
    print(f"load average {' '.join(f'{one:.1f}' for one in os.getloadavg())}")
    return medians
