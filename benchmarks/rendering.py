"""What each page costs beside a bare Wagtail page of the same run: SQL queries, and CPU time as a ratio.

The bare page is Wagtail's own Page with a template of one heading, in a tree of its own that Wagtail's own view finds
it in: what the framework alone takes. It passes the same middleware as every other page. All are rendered in turn in
one process, whole each time, from what a running process remembers of the generation; each figure is the least of
many, so that what else the machine does hardly shows, and beside it stands the middle one.
"""

import os
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

import django

ROUNDS, RENDERS = 12, 8
NEWS_ITEMS = 60
ARCHIVED_ITEMS = 600
FIGURES = 9
# Where the bare page stands: a site of its own.
BARE_HOST = "127.0.0.1"


@dataclass
class Measured:
    """A page's queries, the CPU time of a render in milliseconds, and how many times that of the bare page it is."""

    address: str
    host: str = "localhost"
    # Wagtail's own addresses, for what its own view is to serve.
    urls: str | None = None
    queries: int = 0
    # The least of each round.
    milliseconds: list[float] = field(default_factory=list)
    ratio: float = 0


def fill_the_site() -> dict[str, str]:
    """Make invented content and return the address of each page to measure."""
    from tests import factories

    tree = factories.site_tree()
    tree.home.body = [
        ("strategies", {"heading": "Strategies"}),
        ("latest_news", {"heading": "News", "number": 6}),
        ("impact", {"heading": "Impact", "caution": "", "figures": []}),
    ]
    tree.home.save_revision().publish()
    strategy = factories.StrategyTermFactory()
    strategy_page = factories.StrategyPageFactory(parent=tree.strategies, term=strategy)
    places = factories.PlaceTermFactory.create_batch(4)
    for _ in range(NEWS_ITEMS):
        item = factories.NewsItemPageFactory(parent=tree.news, places=places, strategies=[strategy])
    for _ in range(FIGURES):
        evidence = [factories.EvidenceFactory.build(study=factories.StudyFactory())]
        stat = factories.ImpactStatFactory(place=places[0], strategy=strategy, evidence=evidence)
    return {
        "home": tree.home.url,
        "news list": tree.news.url,
        "news item": item.url,
        "strategy list": tree.strategies.url,
        "strategy": strategy_page.url,
        "impact": tree.impact.url,
        "figure": stat.get_absolute_url(),
        "place list": tree.places.url,
        "place": f"{tree.places.url}{places[0].slug}/",
        "search": "/search/?q=example",
    }


def fill_the_archive() -> dict[str, str]:
    """Put many more items on file, and return what the news list is asked for then."""
    from news.models import NewsIndexPage
    from tests.factories.archive import WORDS, news_archive

    news = NewsIndexPage.objects.get()
    news_archive(news, ARCHIVED_ITEMS)
    asked = {"": "", ", place": "?place=example-place-1", ", words": f"?q={WORDS[0]}"}
    return {f"{ARCHIVED_ITEMS} items{what}": f"{news.url}{query}" for what, query in asked.items()}


def bare_page() -> Measured:
    """Make the bare page, below the root of a site of its own."""
    from wagtail.models import Page, Site

    root = Page.get_first_root_node().add_child(instance=Page(title="Bare site", slug="bare-site"))
    page = root.add_child(instance=Page(title="Bare", slug="bare"))
    Site.objects.create(hostname=BARE_HOST, root_page=root)
    return Measured(f"/{page.slug}/", BARE_HOST, "wagtail.urls")


def measure(bare: Measured, pages: Collection[Measured]) -> None:
    """Render each page many times, all of them in turn."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    handler, requests = WSGIHandler(), RequestFactory()

    def render(page: Measured) -> float:
        request: Any = requests.get(page.address, HTTP_HOST=page.host)
        if page.urls:
            request.urlconf = page.urls
        begin = time.process_time()
        response = handler.get_response(request)
        spent = time.process_time() - begin
        if response.status_code != HTTPStatus.OK:
            raise SystemExit(f"{page.address} answered {response.status_code}, so its cost says nothing.")
        return spent * 1000

    for page in (bare, *pages):
        render(page)
        with CaptureQueriesContext(connection) as queries:
            render(page)
        page.queries = len(queries)
    for _ in range(ROUNDS):
        for page in (bare, *pages):
            page.milliseconds.append(min(render(page) for _ in range(RENDERS)))
    for page in (bare, *pages):
        page.ratio = median(ours / its for ours, its in zip(page.milliseconds, bare.milliseconds, strict=True))


def measured() -> dict[str, Measured]:
    """Everything that the table shows, the bare page first."""
    bare = bare_page()
    few = {"the same, our view": Measured(bare.address, bare.host)}
    few |= {name: Measured(address) for name, address in fill_the_site().items()}
    measure(bare, few.values())
    many = {name: Measured(address) for name, address in fill_the_archive().items()}
    measure(Measured(bare.address, bare.host, bare.urls), many.values())
    return {"bare Wagtail page": bare} | few | many


def main() -> None:
    """Print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_core.settings.test"
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    folders: Any = settings.TEMPLATES[0]["DIRS"]
    folders.append(Path(__file__).parent / "templates")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        pages = measured()
    finally:
        teardown_databases(databases, verbosity=0)
    print(f"{'page':<20}{'queries':>8}{'CPU ms':>8}{'× bare':>8}")
    for name, page in pages.items():
        print(f"{name:<20}{page.queries:>8}{median(page.milliseconds):>8.1f}{page.ratio:>8.2f}")


if __name__ == "__main__":
    main()
