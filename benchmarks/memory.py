"""What the web server's processes hold after many thousand distinct pages, besides the pages that are stored.

`python -m benchmarks.memory [PAGES]` starts the site as `make run` does, puts an archive of news on file and asks for
every item and then for filtered lists, eight at a time, until so many pages were rendered. Memory is what the system
calls PSS: all that is a process's own, and its share of what several use. The exit code is 1 beyond the limit, or
where the page store outgrows its budget.
"""

import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from django.conf import settings

from site_core import supervisor
from site_core.delivery.shelf import SHARE_OF_NOT_FOUND
from tests.running_site import RunningSite, free_port

PAGES, AT_ONCE = 10_000, 8
# Of all pages so many are lists, the others items.
SHARE_OF_LISTS = 0.2
# A megabyte is a million bytes.
MEGABYTE, LIMIT = 1_000_000, 256
MAKE_ARCHIVE = """
import json
from news.models import NewsIndexPage, NewsItemPage
from site_core.taxonomy.models import Term
from tests.factories.archive import YEARS, news_archive
news_archive(NewsIndexPage.objects.get(), {items})
items = [page.url for page in NewsItemPage.objects.live().public()]
places = Term.objects.filter(kind="place", archived=False).values_list("slug", flat=True)
lists = [f"/news/?place={{place}}&year={{year}}" for place in places for year in YEARS]
print(json.dumps([*items, *lists][:{pages}]))
"""


@dataclass(frozen=True)
class Held:
    """The memory of one process, in megabytes."""

    name: str
    own: float
    whole: float

    @classmethod
    def by(cls, process: int) -> "Held":
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
        sizes = {name: int(rest.split()[0]) * 1024 / MEGABYTE for name, rest in (line.split(":") for line in lines)}
        return cls(str(process), sizes["Pss_Anon"], sizes["Pss"])


def group_of(leader: int) -> Iterator[int]:
    """A process and all that stem from it."""
    yield leader
    for task in Path(f"/proc/{leader}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from group_of(int(child))


def ask_for(addresses: list[str], port: int) -> None:
    """Fetch every address once. Raises SystemExit where one is not a page."""
    own = threading.local()

    def fetch(address: str) -> None:
        if not hasattr(own, "connection"):
            own.connection = HTTPConnection(supervisor.HOST, port, timeout=120)
        own.connection.request("GET", address)
        response = own.connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{address} answered {response.status}.")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(fetch, addresses):
            pass


def measure(site: RunningSite, pages: int) -> list[str]:
    """Print what each process holds before and after, and return what is wrong."""
    items = int(pages * (1 - SHARE_OF_LISTS))
    said = site.shell(MAKE_ARCHIVE.format(items=items, pages=pages))
    addresses = json.loads(said.splitlines()[-1])
    if len(addresses) != pages:
        raise SystemExit(f"There are only {len(addresses)} pages to ask for.")
    leader = site.child("granian")
    if leader is None:
        raise SystemExit("The web server does not run.")
    ask_for(addresses[:AT_ONCE], site.port)
    show(f"{AT_ONCE} pages", leader)
    ask_for(addresses, site.port)
    whole = show(f"{pages} pages", leader)
    # All of these pages are found, so the shelf for what is not has nothing on it.
    stored = 2 * settings.PAGE_STORE_BYTES * (1 - SHARE_OF_NOT_FOUND) / MEGABYTE
    besides = whole - stored
    print(f"{whole:.0f} MB, of which two workers' stored pages may take {stored:.0f} MB: {besides:.0f} MB besides")
    return [f"{besides:.0f} MB besides the stored pages, more than {LIMIT} MB"] if besides > LIMIT else []


def show(after: str, leader: int) -> float:
    """Print what every process holds, and return the sum."""
    held = [Held.by(process) for process in group_of(leader)]
    whole = sum(one.whole for one in held)
    parts = ", ".join(f"{one.whole:.0f} ({one.own:.0f} its own)" for one in held)
    print(f"after {after}: {whole:.0f} MB = {parts}", flush=True)
    return whole


def main(pages: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with RunningSite(Path(folder), port) as site:
            site.wait_for_line(f"http://localhost:{port}/admin/")
            try:
                wrong = measure(site, pages)
            finally:
                site.process.send_signal(signal.SIGINT)
                site.process.wait()
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*([int(number) for number in sys.argv[1:]] or [PAGES])))
