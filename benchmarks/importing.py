"""What an import of 10,000 rows takes, beside Wagtail's own `save_revision().publish()` of as many items.

`python -m benchmarks.importing 10000` starts a PostgreSQL of its own, writes a CSV file and imports it live while a
visitor reads the news list in another process, past every store. Then it publishes up to a thousand drafts in the same
database without our code, each of which takes as long as the next. An import also reads the file, compares each row
with what is on file, and makes each item. What counts is the time that processors work, in Python and in the database
together; the time by the clock is printed, too. The exit code is 1 if the import takes more than three times as long,
slows visits down by more than half, needs more memory with more rows, or leaves anything else in the site than the
rows of the file.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import django

from tests.postgresql import VARIABLE, drop_databases, new_database
from tests.postgresql import main as with_postgresql

ROWS = 10_000
# Drafts that Wagtail publishes.
MOST_DRAFTS = 1_000
# How many times as long as Wagtail's own publishing an import may take.
RATIO = 3.0
# How many times as long as usual a visit may take meanwhile.
VISIT_RATIO = 1.5
# How much the process may grow between the first tenth of the items and the last one, in megabytes.
GROWTH = 60
# Seconds in which the visitor is alone, and between two visits.
QUIET_SECONDS, BETWEEN_VISITS = 10, 0.2
DATABASE = "nnsc_importing"
PLACES = [f"Example City {number}" for number in range(40)]
PUBLISHERS = [f"Example Gazette {number}" for number in range(40)]
VISIT = "visit"


@dataclass(frozen=True)
class Cost:
    """Seconds: those that processors work, and those by the clock."""

    work: float
    clock: float


@dataclass
class Imported:
    """How an import went, and what is in the site right after it."""

    cost: Cost
    growth: float
    transactions: int
    generations: int
    found: dict[str, int] = field(default_factory=dict)


def write_archive(file: Path, rows: int) -> None:
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Date", "Source", "Title", "Link", "Summary", "Tags"])
        for number in range(rows):
            year, month = 1990 + number % 30, 1 + number % 12
            writer.writerow(
                [
                    f"{year}-{month:02}",
                    PUBLISHERS[number % 40],
                    f"A headline of the archive, number {number}",
                    f"https://example.org/archive/{number}",
                    f"What the article with the number {number} says in one sentence.",
                    f"{PLACES[number % 40]}; {PLACES[(number + 7) % 40]}",
                ]
            )


def measured(act: Callable[[], Any]) -> Cost:
    from benchmarks.growth_inside import seconds

    began = time.perf_counter()
    work = seconds(act)
    return Cost(work, time.perf_counter() - began)


def megabytes() -> float:
    """The most memory that the process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def imported(file: Path) -> Imported:
    from news.archive.columns import matched
    from news.archive.models import State
    from news.archive.storing import REST_SECONDS, Storing, begin
    from news.archive.uploading import check, take_in
    from site_core.page_cache.invalidation import generation

    first: list[float] = []
    steps: list[int] = []

    def run() -> None:
        archive = take_in(file, file.name)
        archive.matched, archive.state = matched(archive.columns, {}), State.CHECKING
        archive.save()
        check(archive)
        begin(archive, live=True)
        storing = Storing(archive)
        rows = archive.rows.count()
        while storing.add_some():
            time.sleep(REST_SECONDS)
            steps.append(1)
            if not first and archive.rows.filter(progress="added").count() * 10 >= rows:
                first.append(megabytes())

    before = generation.number()
    cost = measured(run)
    return Imported(cost, megabytes() - first[0], len(steps), generation.number() - before, right_after())


def right_after() -> dict[str, int]:
    """How many items there are by each way of counting that visitors and editors see."""
    from news.listing.counts import facet_counts_of_all
    from news.listing.query import NewsQuery
    from news.models import NewsItemPage
    from site_core.publishing.ledger.publications import Cause, Publication

    def counted(facet: str) -> int:
        return sum(each.number for each in facet_counts_of_all() if each.facet == facet)

    return {
        "live": NewsItemPage.objects.live().count(),
        "in the ledger": Publication.objects.filter(cause=Cause.IMPORTED).count(),
        "found by search": NewsQuery(words="sentence").items().count(),
        "counted by publisher": counted("publisher"),
        # Each item has two places.
        "counted by place": counted("place") // 2,
    }


def published_by_wagtail(rows: int) -> Cost:
    """What so many calls of `save_revision().publish()` cost without our code, on drafts with tags."""
    from news.models import NewsIndexPage, NewsItemPage
    from news.partial_date import PartialDate
    from tests.publishing.runner.on_time_inside import publish_as_wagtail_does

    parent = NewsIndexPage.objects.get()
    like = NewsItemPage.objects.order_by("pk").last()
    publisher, places = like.publisher, list(like.places.all())
    pks = []
    for number in range(drafts := min(rows, MOST_DRAFTS)):
        item = NewsItemPage(
            title=f"A draft of the archive, number {number}",
            slug=f"draft-{number}",
            summary=f"What the article with the number {number} says in one sentence.",
            date=PartialDate(2000, 1),
            publisher=publisher,
            live=False,
        )
        parent.add_child(instance=item)
        item.places.set(places)
        item.save()
        pks.append(item.pk)
    publish_as_wagtail_does()

    def publish() -> None:
        for pk in pks:
            NewsItemPage.objects.get(pk=pk).save_revision().publish()

    cost, times = measured(publish), rows / drafts
    return Cost(cost.work * times, cost.clock * times)


@contextmanager
def visitor(address: str) -> Iterator[Callable[[float, float], list[Cost]]]:
    """A process that reads the news list. Gives what the visits between two times cost."""
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(  # noqa: S603 (this module)
            [sys.executable, "-m", "benchmarks.importing", VISIT], env=os.environ | {VARIABLE: address}, stdout=told
        )

        def between(begin: float, end: float) -> list[Cost]:
            told.seek(0)
            visits = [
                tuple(map(float, line.split())) for line in told.read().splitlines(keepends=True) if line[-1:] == "\n"
            ]
            return [Cost(work, clock) for at, work, clock in visits if begin <= at <= end]

        try:
            yield between
        finally:
            process.terminate()
            process.wait()


def visit() -> None:
    """Read the news list until the process is ended, and print when each visit began and what it cost."""
    from django.test import Client

    client = Client()
    while True:
        began = time.monotonic()
        cost = measured(lambda: client.get("/news/"))
        print(began, cost.work, cost.clock, flush=True)
        time.sleep(BETWEEN_VISITS)


def ratio_of(visits: list[Cost], usual: list[Cost]) -> Cost:
    if not visits or not usual:
        raise SystemExit("There was no visit.")
    return Cost(
        *(
            median(getattr(cost, name) for cost in visits) / median(getattr(cost, name) for cost in usual)
            for name in ("work", "clock")
        )
    )


def import_beside_visitor(rows: int, address: str) -> tuple[Imported, Cost]:
    """The import of so many rows, and how many times as long as usual a visit took meanwhile."""
    from tests import factories

    factories.site_tree()
    for name in PLACES:
        factories.PlaceTermFactory(name=name)
    for name in PUBLISHERS:
        factories.PublisherFactory(name=name)
    with tempfile.TemporaryDirectory() as folder, visitor(address) as visits:
        file = Path(folder) / "archive.csv"
        write_archive(file, rows)
        while not visits(0, time.monotonic()):
            time.sleep(0.5)
        began = time.monotonic()
        done = imported(file)
        ended = time.monotonic()
        # The list is then as long as it was at the end of the import.
        time.sleep(QUIET_SECONDS)
        return done, ratio_of(visits((began + ended) / 2, ended), visits(ended, time.monotonic()))


def wrongs(rows: int, done: Imported, ratio: float, visits: Cost) -> Iterator[str]:
    for how, number in done.found.items():
        if number != rows:
            yield f"{number:,} are {how}, of {rows:,}"
    if done.generations != done.transactions:
        yield f"stored pages were outdated {done.generations} times in {done.transactions} transactions"
    if ratio > RATIO:
        yield f"the import takes × {ratio:.2f}, more than {RATIO:g}"
    if visits.work > VISIT_RATIO:
        yield f"a visit takes × {visits.work:.2f}, more than {VISIT_RATIO:g}"
    if done.growth > GROWTH:
        yield f"the process grew by {done.growth:.0f} MB, more than {GROWTH}"


def main(rows: int = ROWS) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    done, visits = import_beside_visitor(rows, os.environ[VARIABLE])
    stock = published_by_wagtail(rows)
    ours, ratio = done.cost, done.cost.work / stock.work
    print(
        f"{rows:,} rows: imported with {ours.work:.1f} s of work, × {ratio:.2f} of the {stock.work:.1f} s of "
        "Wagtail's own publish()"
    )
    print(f"by the clock {ours.clock:.1f} s, × {ours.clock / stock.clock:.2f} of {stock.clock:.1f} s")
    print(f"a visit meanwhile: × {visits.work:.2f} of its usual work, × {visits.clock:.2f} by the clock")
    print(", ".join(f"{number:,} {how}" for how, number in done.found.items()))
    print(f"stored pages were outdated {done.generations} times in {done.transactions} transactions")
    print(f"the process grew by {done.growth:.0f} MB after a tenth")
    wrong = list(wrongs(rows, done, ratio, visits))
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


def inside(*arguments: str) -> int:
    """What a process with a server does: the visitor's with its database, and the importing one with a new one."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_core.settings.test"
    server = os.environ[VARIABLE]
    if VISIT in arguments:
        django.setup()
        visit()
    os.environ[VARIABLE] = new_database(server, DATABASE)
    django.setup()
    try:
        return main(*map(int, arguments))
    finally:
        drop_databases(server, DATABASE)


if __name__ == "__main__":
    if os.environ.get(VARIABLE):
        sys.exit(inside(*sys.argv[1:]))
    sys.exit(with_postgresql([sys.executable, "-m", "benchmarks.importing", *sys.argv[1:]]))
