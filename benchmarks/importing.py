"""What an import of 10,000 rows takes, beside Wagtail's own `save_revision().publish()` of as many items.

`python -m benchmarks.importing 10000` writes a CSV file, imports it live, and then publishes as many drafts in the
same database without our code. An import also reads the file, compares each row with what is on file, and makes each
item. Both are measured in the CPU time of this process, which on SQLite is all there is. The exit code is 1 if the
import takes more than three times as long, or if its memory grows with the rows.
"""

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

ROWS = 10_000
# How many times as long as Wagtail's own publishing an import may take.
RATIO = 3.0
# How much the process may grow between the first tenth of the items and the last one, in megabytes.
GROWTH = 60
PLACES = [f"Example City {number}" for number in range(40)]
PUBLISHERS = [f"Example Gazette {number}" for number in range(40)]


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


def cpu_seconds(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def megabytes() -> float:
    """The most memory that the process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def imported(file: Path) -> tuple[float, float]:
    """The seconds that an import takes, and how much the process grows after the first tenth of it."""
    from news.archive.columns import matched
    from news.archive.models import State
    from news.archive.storing import Storing, begin
    from news.archive.uploading import check, take_in

    first: list[float] = []

    def run() -> None:
        archive = take_in(file, file.name)
        archive.matched, archive.state = matched(archive.columns, {}), State.CHECKING
        archive.save()
        check(archive)
        begin(archive, live=True)
        storing = Storing(archive)
        rows, steps = archive.rows.count(), 0
        while storing.add_some():
            steps += 1
            if not first and archive.rows.filter(progress="added").count() * 10 >= rows:
                first.append(megabytes())

    seconds = cpu_seconds(run)
    return seconds, megabytes() - first[0]


def published_by_wagtail(rows: int) -> float:
    """The seconds that as many calls of `save_revision().publish()` take without our code, on drafts with tags."""
    from news.models import NewsIndexPage, NewsItemPage
    from news.partial_date import PartialDate
    from tests.publishing.runner.on_time_inside import publish_as_wagtail_does

    parent = NewsIndexPage.objects.get()
    like = NewsItemPage.objects.order_by("pk").last()
    publisher, places = like.publisher, list(like.places.all())
    pks = []
    for number in range(rows):
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

    return cpu_seconds(publish)


def main(rows: int = ROWS) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_core.settings.test"
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        from news.models import NewsItemPage
        from site_core.publishing.ledger.publications import Cause, Publication
        from tests import factories

        factories.site_tree()
        for name in PLACES:
            factories.PlaceTermFactory(name=name)
        for name in PUBLISHERS:
            factories.PublisherFactory(name=name)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "archive.csv"
            write_archive(file, rows)
            ours, growth = imported(file)
        live = NewsItemPage.objects.live().count()
        recorded = Publication.objects.filter(cause=Cause.IMPORTED).count()
        stock = published_by_wagtail(rows)
    finally:
        teardown_databases(databases, verbosity=0)
    print(f"{rows:,} rows: imported in {ours:.1f} s, × {ours / stock:.2f} of Wagtail's own publish(): {stock:.1f} s")
    print(f"{live:,} are live, {recorded:,} rows of the ledger; the process grew by {growth:.0f} MB after a tenth")
    wrong = []
    if (live, recorded) != (rows, rows):
        wrong.append(f"{live:,} are live and {recorded:,} recorded, of {rows:,}")
    if ours > RATIO * stock:
        wrong.append(f"the import takes × {ours / stock:.2f}, more than {RATIO:g}")
    if growth > GROWTH:
        wrong.append(f"the process grew by {growth:.0f} MB, more than {GROWTH}")
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
