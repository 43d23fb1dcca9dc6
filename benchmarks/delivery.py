"""How fast stored pages go out, beside nginx with a file of the same bytes and beside other caches of whole pages.

`python -m benchmarks.delivery [ROUNDS SECONDS]` starts the site as `make run` does and everything it is measured
against, each under the same command, and asks all of them in rounds that take turns. The exit code is 1 where a limit
is passed.
"""

import importlib.util
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from benchmarks.servers import Nginx, address_at, web_server
from benchmarks.wrk import Target, in_rounds, table
from site_core.ops.supervisor import stop_on_signals
from tests.running_site import RunningSite, free_port

ROUNDS, SECONDS = 3, 5
LONG_PAGE = "long-page"
# What makes a page of some 35 kB, the size at which the peers were measured.
MAKE_LONG_PAGE = f"""
from home.models import HomePage
from tests.factories import TextPageFactory
sentences = "An example of what a long page says, at some length. " * 5
text = "".join(f"<p>{{number}}. {{sentences}}</p>" for number in range(101))
TextPageFactory(parent=HomePage.objects.get(), slug="{LONG_PAGE}", title="A long page", body=[("text", text)])
"""
STATIC, PLAIN_CACHE, FRONT = "nginx, a file", "nginx, proxy_cache of the file", "through nginx"
STORE, STORE_UNCHANGED = "page store", "page store, 304"
LONG, LONG_UNCHANGED = "page store, 35 kB", "page store, 35 kB, 304"
DJANGO_CACHE = "Django's cache middleware"
WAGTAIL_CACHE = "wagtail-cache"


@dataclass(frozen=True)
class Limit:
    """How many times as fast as another a target has to be."""

    name: str
    other: str
    least: float

    def wrong(self, medians: dict[str, float]) -> str:
        ratio = medians[self.name] / medians[self.other]
        line = f"{self.name}: × {ratio:.2f} of “{self.other}”, at least × {self.least} wanted"
        print(line)
        return line if ratio < self.least else ""


LIMITS = (
    Limit(STORE, STATIC, 0.35),
    # How much faster than Django's middleware the store is depends on the machine: between 3.8 and 7.8 on those used.
    Limit(STORE, DJANGO_CACHE, 3.5),
    # nginx looks for a withdrawal at every request, which takes a fifth of the time of a copy. Without that, × 0.97.
    Limit(FRONT, PLAIN_CACHE, 0.65),
    Limit(STORE_UNCHANGED, STORE, 1),
    Limit(LONG_UNCHANGED, LONG, 1.2),
)


def if_none_match(target: Target) -> dict[str, str]:
    """The headers of a visitor who has what the target answers."""
    return {**target.headers, "If-None-Match": target.answer()[0]["etag"]}


def from_the_store(address: str, front: str) -> list[Target]:
    """The home page and the long one, by themselves and with nginx in front."""
    home, long = Target(STORE, f"{address}/"), Target(LONG, f"{address}/{LONG_PAGE}/")
    through = Target(FRONT, f"{front}/")
    return [
        home,
        *(Target(f"{STORE}, {one}", home.address, {"Accept-Encoding": one}) for one in ("gzip", "br")),
        Target(STORE_UNCHANGED, home.address, if_none_match(home), 304),
        long,
        Target(LONG_UNCHANGED, long.address, if_none_match(long), 304),
        through,
        Target(f"{FRONT}, br", through.address, {"Accept-Encoding": "br"}),
        Target(f"{FRONT}, 304", through.address, if_none_match(through), 304),
    ]


@contextmanager
def others(site: RunningSite) -> Iterator[list[Target]]:
    """The same site without the page store, and with other caches in its place."""
    servers = {
        DJANGO_CACHE: ("site_core.wsgi:django_application", "benchmarks.compared.cached_by_django"),
        "uncached": ("site_core.wsgi:django_application", "site_core.settings.local"),
        "granian alone, two bytes": ("benchmarks.compared.constant:application", "site_core.settings.local"),
    }
    if importlib.util.find_spec("wagtailcache"):
        servers[WAGTAIL_CACHE] = ("site_core.wsgi:django_application", "benchmarks.compared.cached_by_wagtail_cache")
    with ExitStack() as running:
        targets = []
        for name, (application, module) in servers.items():
            environment = site.environment | {"DJANGO_SETTINGS_MODULE": module}
            address = running.enter_context(web_server(application, environment))
            targets.append(Target(name, f"{address}/"))
        yield targets


def measure(site: RunningSite, folder: Path, rounds: int, seconds: int) -> list[str]:
    """Print the table and what the limits say; return which are passed."""
    address = address_at(site.port)
    headers, body = Target("page store", f"{address}/").answer()
    nginx = Nginx(folder, site.folder, site.port)
    with nginx.serving(headers, body), others(site) as more:
        targets = [
            Target(STATIC, nginx.file),
            Target(PLAIN_CACHE, nginx.cached),
            *from_the_store(address, nginx.front),
            *more,
        ]
        print(f"The home page has {len(body)} bytes, the long one {len(targets[6].answer()[1])}.")
        medians = table(in_rounds(targets, rounds, seconds))
    if WAGTAIL_CACHE not in medians:
        print(f"{WAGTAIL_CACHE:<44}does not install with Wagtail 8")
    return [wrong for limit in LIMITS if (wrong := limit.wrong(medians))]


def main(rounds: int, seconds: int) -> int:
    stop_on_signals()
    with tempfile.TemporaryDirectory() as state, tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with RunningSite(Path(state), port) as site:
            site.wait_for_line(f"http://localhost:{port}/admin/")
            try:
                site.shell(MAKE_LONG_PAGE)
                wrong = measure(site, Path(folder), rounds, seconds)
            finally:
                site.process.send_signal(signal.SIGINT)
                site.process.wait()
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*([int(number) for number in sys.argv[1:]] or (ROUNDS, SECONDS))))
