"""What the web server's processes hold after many thousand distinct pages and invented URLs, besides what is stored.

`python -m benchmarks.memory [PAGES]` starts a web process from the files of deploy/, puts an archive of news on file
and asks for every item and then for filtered lists, eight at a time, until so many pages were rendered. Then it asks
for as many URLs that somebody makes up. Memory is what the system calls PSS: all that is a process's own, and its
share of what several use. The exit code is 1 beyond the limit, or if the pages on disk take more than their budget.
"""

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

import django
from django.conf import settings

from site_core.ops.supervisor import stop_on_signals
from site_core.page_cache.store.disk_store import TIMES_THE_MEMORY, taken
from site_core.page_cache.store.memory_store import SHARE_OF_NOT_FOUND
from tests.deploy.prepared_site import prepared_site
from tests.deploy.running_deployment import Deployment

PAGES, AT_ONCE = 10_000, 8
# Of all pages so many are lists, the others items.
SHARE_OF_LISTS = 0.2
# A megabyte is a million bytes. The limit is what `docs/operations.md` plans with.
MEGABYTE, LIMIT = 1_000_000, 300
APP = 1
INVENTED = ("/made-up-{}", "/news/made-up-{}/", "/about/?q=made-up-{}", "/news/?q=made-up-{}")
# Some items are drafts or private, so there are more than are asked for.
MAKE_ARCHIVE = """
import json
from news.models import NewsIndexPage, NewsItemPage
from site_core.taxonomy.models import Term
from tests.factories.archive import YEARS, news_archive
news_archive(NewsIndexPage.objects.get(), {items} * 11 // 10)
items = [page.url for page in NewsItemPage.objects.live().public()[:{items}]]
places = Term.objects.filter(kind="place", archived=False).values_list("slug", flat=True)
lists = [f"/news/?place={{place}}&year={{year}}" for place in places for year in YEARS]
print(json.dumps([*items, *lists][:{pages}]))
"""


@dataclass(frozen=True)
class Held:
    """The memory of one process in megabytes: its own, and with its share of what others use as well."""

    own: float
    whole: float

    @classmethod
    def by(cls, process: int) -> "Held":
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
        sizes = {name: int(rest.split()[0]) * 1024 / MEGABYTE for name, rest in (line.split(":") for line in lines)}
        return cls(sizes["Pss_Anon"], sizes["Pss"])


def group_of(leader: int) -> Iterator[int]:
    """A process and all that stem from it."""
    yield leader
    for task in Path(f"/proc/{leader}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from group_of(int(child))


def held(after: str, deployment: Deployment) -> float:
    """Print what every process of the web server holds, and return the sum."""
    parts = [Held.by(process) for process in group_of(deployment.processes[f"app-{APP}"].pid)]
    whole = sum(part.whole for part in parts)
    words = ", ".join(f"{part.whole:.0f} ({part.own:.0f} its own)" for part in parts)
    print(f"after {after}: {whole:.0f} MB = {words}", flush=True)
    return whole


def ask_for(addresses: list[str], deployment: Deployment, statuses: tuple[int, ...] = (200,)) -> None:
    """Fetch every address once. Raises SystemExit where one answers otherwise."""
    own = threading.local()

    def fetch(address: str) -> None:
        if not hasattr(own, "connection"):
            own.connection = deployment.connect(APP)
        own.connection.request("GET", address, headers=deployment.headers(APP))
        response = own.connection.getresponse()
        response.read()
        if response.status not in statuses:
            raise SystemExit(f"{address} answered {response.status}.")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(fetch, addresses):
            pass


def measure(deployment: Deployment, pages: int) -> list[str]:
    """Print what each process holds before and after, and return what is wrong."""
    said = deployment.shell(MAKE_ARCHIVE.format(items=int(pages * (1 - SHARE_OF_LISTS)), pages=pages))
    addresses = json.loads(said.splitlines()[-1])
    if len(addresses) != pages:
        raise SystemExit(f"There are only {len(addresses)} pages to ask for.")
    ask_for(addresses[:AT_ONCE], deployment)
    held(f"{AT_ONCE} pages", deployment)
    ask_for(addresses, deployment)
    whole = held(f"{pages} pages", deployment)
    # All of these pages are found, so the shelf for what is not has nothing on it.
    stored = 2 * settings.PAGE_STORE_BYTES * (1 - SHARE_OF_NOT_FOUND) / MEGABYTE
    besides = whole - stored
    print(f"{whole:.0f} MB, of which two workers' stored pages may take {stored:.0f} MB: {besides:.0f} MB besides")
    wrong = [f"{besides:.0f} MB besides the stored pages, more than {LIMIT} MB"] if besides > LIMIT else []
    return wrong + after_invented_urls(deployment, pages)


def after_invented_urls(deployment: Deployment, number: int) -> list[str]:
    """Ask for so many, print what they leave in memory and on disk, and return what is wrong."""
    invented = [INVENTED[index % len(INVENTED)].format(index) for index in range(number)]
    ask_for(invented, deployment, (200, 301, 404))
    besides = held(f"{number} invented URLs", deployment) - 2 * settings.PAGE_STORE_BYTES / MEGABYTE
    folder = deployment.states[APP] / "pages"
    # As `du` does, folders and what locks leave included.
    everything = [folder, *folder.rglob("*")]
    files = sum(path.is_file() for path in everything)
    on_disk, budget = sum(taken(path.stat()) for path in everything), settings.PAGE_STORE_BYTES * TIMES_THE_MEMORY
    print(f"{besides:.0f} MB besides the budgets; {files} files, which take {on_disk / MEGABYTE:.0f} MB on disk")
    if not files:
        raise SystemExit(f"{folder} has no pages in it.")
    wrong = [f"{besides:.0f} MB besides the budgets, more than {LIMIT} MB"] if besides > LIMIT else []
    return wrong + ([f"the files take more than {budget / MEGABYTE:.0f} MB"] if on_disk > budget else [])


def main(pages: int) -> int:
    stop_on_signals()
    django.setup()
    with prepared_site() as prepared, tempfile.TemporaryDirectory() as folder:
        deployment = Deployment(prepared, Path(folder), machines=1)
        try:
            deployment.start_app(APP)
            wrong = measure(deployment, pages)
        finally:
            deployment.stop()
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*([int(number) for number in sys.argv[1:]] or [PAGES])))
