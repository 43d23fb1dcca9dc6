"""How much longer objects take where a hundred times, a thousand times as much is on file.

`python -m benchmarks.growth 100 2000 20000 100000` starts a PostgreSQL of its own with a site of each size on it, and
measures all of them in turn, round after round. Each figure is the time that the processors work for it, in Python and
in the database together, and the least of a few in one round; a ratio is the median of the rounds' ratios to the
smallest site of the same round. Publishing is measured beside Wagtail's own `revision.publish()` of the same objects.
The exit code is 1 if anything grows more than it may.
"""

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.measuring_process import MeasuringProcess
from tests.postgresql import VARIABLE, migrated, server

SIZES = (100, 2_000, 20_000, 100_000)
ROUNDS = 3
# How much longer than at the smallest size a page may take: remembered, and as the first answer after a change. None
# for what is only printed.
PAGES: dict[str, tuple[float | None, float | None]] = {
    "list": (1.3, 1.5),
    "list, a late page": (1.3, 2),
    "item": (1.3, 1.5),
    "search, one hit": (1.3, 3),
    "list, a word on one item": (1.3, 2),
    "filter by place, with facets": (10, 1.5),
    "filter by type, with facets": (10, 1.5),
    "list, a word on every item": (10, 2),
    "search, a word on every item": (10, 3),
    "home": (None, 1.5),
    "strategy": (None, 1.5),
    "places": (None, 1.5),
    "feed": (None, 1.5),
    # It reads which files there are, of all pages. Crawlers ask for it a few times a day.
    "sitemap, the index": (None, None),
    "sitemap, a file": (None, 2),
    "admin: explorer": (None, 2),
    "admin: news": (None, 2),
}
FIRST = "first: "
# How much longer than Wagtail's own publishing ours may take, of one and of many due at once.
PUBLISHING, DUE = 1.3, 1.2
MANY = 500
INSIDE = "from benchmarks.growth_inside import main; main()"
SITEMAP_BYTES = 64 * 1024 * 1024


class Site(MeasuringProcess):
    """A process that measures one site, or publishes on it as Wagtail does."""

    def __init__(self, address: str) -> None:
        super().__init__(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", INSIDE],
            os.environ | {VARIABLE: address, "DJANGO_SETTINGS_MODULE": "site_core.settings.test"},
        )


@dataclass
class Row:
    """One line of the table: for each round the seconds at each size, and how much longer the last may take."""

    name: str
    limit: float | None
    rounds: list[list[float]] = field(default_factory=list)

    def ratio(self, place: int) -> float:
        return median(times[place] / times[0] for times in self.rounds)

    def milliseconds(self, place: int) -> float:
        return median(times[place] for times in self.rounds) * 1000

    @property
    def wrong(self) -> str:
        """What is wrong with it, "" where nothing is."""
        is_over = self.limit is not None and self.ratio(-1) > self.limit
        return f"{self.name} takes × {self.ratio(-1):.2f}, more than {self.limit:g}" if is_over else ""

    def __str__(self) -> str:
        cells = [
            f"{self.milliseconds(place):>10.1f} ×{self.ratio(place):<6.2f}" for place, _ in enumerate(self.rounds[0])
        ]
        limit = f"≤ {self.limit:g}" if self.limit is not None else ""
        return f"{self.name:<36}{''.join(cells)}{limit:>8}"


def databases(address: str, template: str, sizes: list[int]) -> dict[int, str]:
    """The address of a filled database for each size, each grown from a copy of the one before."""
    found = {}
    for size in sizes:
        name = f"growth_{size}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        found[size] = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        with Site(found[size]) as site:
            print(f"{size:>7} items: {site.asked('begin', size):>6.1f} s to load", end="", flush=True)
            print(f", {site.asked('database_size') / 2**20:,.0f} MiB")
        template = name
    return found


def measured(sizes: list[int], sites: list[Site], stock: list[Site]) -> tuple[list[Row], list[Row]]:
    """The rows of everything that is read and published, and those of publishing beside Wagtail's own."""
    remembered = [Row(name, limit) for name, (limit, _) in PAGES.items()]
    first = [Row(f"{FIRST}{name}", limit) for name, (_, limit) in PAGES.items()]
    ours = Row("publish one page", None)
    beside = [Row(f"publish one page, {size:,} items", PUBLISHING) for size in sizes]
    for _ in range(ROUNDS):
        for name, row, anew in zip(PAGES, remembered, first, strict=True):
            row.rounds.append([site.asked("read", name) for site in sites])
            anew.rounds.append([site.asked("read_anew", name) for site in sites])
        published = [(site.asked("publish"), other.asked("publish")) for site, other in zip(sites, stock, strict=True)]
        ours.rounds.append([seconds for seconds, _ in published])
        for row, (seconds, wagtail) in zip(beside, published, strict=True):
            row.rounds.append([wagtail, seconds])
    return [*remembered, *first, ours], beside


def main(sizes: list[int]) -> int:
    # Its own, because it looks at the server's processes.
    os.environ.pop(VARIABLE, None)
    with server() as address, migrated(address) as template, ExitStack() as stack:
        found = databases(address, template, sizes)
        sites, stock = ([stack.enter_context(Site(one)) for one in found.values()] for _ in range(2))
        for site in stock:
            site.asked("publish_as_wagtail_does")
        rows, beside = measured(sizes, sites, stock)
        due = Row(f"{MANY} due at once", DUE)
        due.rounds.append([stock[0].asked("publish_many", MANY), sites[0].asked("carry_out_many", MANY)])
        peak = [site.asked("memory_of_sitemap") for site in sites]
    print(f"\n{'milliseconds, × the first':<36}" + "".join(f"{size:>10,} items  " for size in sizes))
    print(*rows, sep="\n")
    print("\nmilliseconds of Wagtail's own revision.publish(), and ours")
    print(*beside, due, sep="\n")
    print("\nmemory while the sitemap is read: " + ", ".join(f"{size / 2**20:.1f} MiB" for size in peak))
    wrong = [row.wrong for row in (*rows, *beside, due) if row.wrong]
    if max(peak) > SITEMAP_BYTES:
        wrong.append(f"the sitemap takes {max(peak) / 2**20:.0f} MiB of memory")
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
