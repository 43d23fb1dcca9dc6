"""What visitors wait for, second by second, after an item is published on a large site.

`python -m benchmarks.after_publish [ITEMS]` starts one machine from the files of deploy/ with so many news items. It
asks for 499 pages at random, 50 times a second, each at its time whether the answers before it have come or not. After
a few seconds an item is published, and all stored pages are outdated. Then, with every page stored again, four
searches for a word on every item are made each second beside the visits.

The exit code is 1 if 95 of 100 visits take longer than a limit in any second after the publish, if stored pages wait
for the searches, or if the list of news is older than the publish.
"""

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

import django

from site_core.ops.supervisor import stop_on_signals
from tests.deploy.prepared_site import prepared_site
from tests.deploy.running_deployment import Deployment

ITEMS, PAGES, APP = 20_000, 499, 1
VISITS_A_SECOND, SEARCHES_A_SECOND = 50, 4
SECONDS_BEFORE, SECONDS_AFTER, SECONDS_OF_SEARCHES = 5, 20, 15
# Milliseconds: of 95 in 100 visits in each second after the publish, and of 99 in 100 to stored pages beside searches.
LIMIT_AFTER, LIMIT_STORED = 300, 20
VISITORS = 64
NEW = "What is new since the last publish."
MAKE_ARCHIVE = """
import json
from benchmarks.archive import grow
from news.models import NewsIndexPage, NewsItemPage
grow({items})
items = NewsItemPage.objects.visible().newest_first()
urls = [page.url for page in items[: {pages} * 8 // 10]]
places = [f"/news/?place=example-place-{{number}}" for number in range(40)]
lists = [f"/news/?page={{number}}" for number in range(2, {pages})]
print(json.dumps(["/", "/news/", "/places/", "/strategies/", *urls, *places, *lists][:{pages}]))
"""
PUBLISH = """
import time
from news.models import NewsItemPage
item = NewsItemPage.objects.visible().newest_first().first()
item.summary = {new!r}
revision = item.save_revision()
revision.publish()
print(time.time())
"""


@dataclass(frozen=True)
class Visit:
    """When it was due, by the clock, and the milliseconds until its answer was there."""

    at: float
    took: float
    path: str
    is_new: bool


class Visitors:
    """Threads that ask for pages, each on a connection of its own."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.visits: list[Visit] = []
        self._own = threading.local()
        self._pool = ThreadPoolExecutor(VISITORS)

    def keep_asking(self, path: Callable[[], str], a_second: int, seconds: float) -> None:
        """Ask at even distances, and return once the last one is due."""
        begin = time.time()
        for number in range(int(a_second * seconds)):
            due = begin + number / a_second
            time.sleep(max(0, due - time.time()))
            self._pool.submit(self._visit, path(), due)

    def finish(self) -> list[Visit]:
        self._pool.shutdown()
        return self.visits

    def _visit(self, path: str, due: float) -> None:
        if not hasattr(self._own, "connection"):
            self._own.connection = self.deployment.connect(APP)
        self._own.connection.request("GET", path, headers=self.deployment.headers(APP))
        response = self._own.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}.")
        self.visits.append(Visit(due, (time.time() - due) * 1000, path, NEW.encode() in body))


def after_publish(deployment: Deployment, paths: list[str]) -> list[str]:
    """Print the curve, and return what is wrong."""
    random, visitors = Random(PAGES), Visitors(deployment)  # noqa: S311
    published: list[float] = []

    def publish() -> None:
        published.append(float(deployment.shell(PUBLISH.format(new=NEW)).splitlines()[-1]))

    publisher = threading.Timer(SECONDS_BEFORE, publish)
    publisher.start()
    while not published:
        visitors.keep_asking(lambda: random.choice(paths), VISITS_A_SECOND, 1)
    visitors.keep_asking(lambda: random.choice(paths), VISITS_A_SECOND, SECONDS_AFTER)
    visits = visitors.finish()
    wrong = []
    for second in range(-2, SECONDS_AFTER):
        took = [visit.took for visit in visits if second <= visit.at - published[0] < second + 1]
        p95 = quantiles(took, n=100)[94]
        print(f"second {second + 1:>3}: {len(took)} visits, median {quantiles(took, n=2)[0]:.0f}, p95 {p95:.0f} ms")
        if second >= 0 and p95 > LIMIT_AFTER:
            wrong.append(f"p95 {p95:.0f} ms in second {second + 1} after the publish, more than {LIMIT_AFTER}")
    stale = [visit for visit in visits if visit.path == "/news/" and visit.at > published[0] and not visit.is_new]
    return [*wrong, *(f"{visit.path} was older than the publish" for visit in stale)]


def beside_searches(deployment: Deployment, paths: list[str]) -> list[str]:
    """Print what stored pages take beside searches, and return what is wrong."""
    random, visitors, searchers = Random(PAGES), Visitors(deployment), Visitors(deployment)  # noqa: S311
    # What a visitor searches for is not stored, so each search is made anew.
    search = threading.Thread(
        target=searchers.keep_asking, args=(lambda: "/search/?q=example", SEARCHES_A_SECOND, SECONDS_OF_SEARCHES)
    )
    search.start()
    visitors.keep_asking(lambda: random.choice(paths), VISITS_A_SECOND, SECONDS_OF_SEARCHES)
    search.join()
    took = quantiles([visit.took for visit in visitors.finish()], n=100)
    searches = quantiles([visit.took for visit in searchers.finish()], n=100)
    print(
        f"stored pages beside {SEARCHES_A_SECOND} searches a second: median {took[49]:.1f}, p99 {took[98]:.1f} ms;"
        f" searches: median {searches[49]:.0f}, p99 {searches[98]:.0f} ms"
    )
    return [f"p99 {took[98]:.1f} ms of stored pages beside searches"] if took[98] > LIMIT_STORED else []


def main(items: int) -> int:
    stop_on_signals()
    django.setup()
    with prepared_site() as prepared, tempfile.TemporaryDirectory() as folder:
        deployment = Deployment(prepared, Path(folder), machines=1)
        try:
            deployment.start_app(APP)
            paths = json.loads(deployment.shell(MAKE_ARCHIVE.format(items=items, pages=PAGES)).splitlines()[-1])
            warm = Visitors(deployment)
            warm.keep_asking(iter(paths).__next__, VISITS_A_SECOND, len(paths) / VISITS_A_SECOND)
            warm.finish()
            wrong = [*after_publish(deployment, paths), *beside_searches(deployment, paths)]
        finally:
            deployment.stop()
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*([int(number) for number in sys.argv[1:]] or [ITEMS])))
