"""What each page costs beside a bare Wagtail page of the same run: SQL queries, and CPU time as a ratio.

The bare page is Wagtail's own Page with a template of one heading: what the framework alone takes. Each figure is the
least of many renders with warm caches, so that what else the machine does hardly shows; beside it stands the render
that 95 of 100 do not exceed. `make bench` runs this.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import django

RENDERS = 30
NEWS_ITEMS = 60
ARCHIVED_ITEMS = 600
FIGURES = 9


@dataclass(frozen=True)
class Cost:
    """One page's queries, and its CPU time in milliseconds: the least, and the 95th of 100."""

    queries: int
    milliseconds: float
    ninety_fifth: float


def fill_the_site() -> dict[str, str]:
    """Make invented content and return the address of each page to measure, the bare page first."""
    from wagtail.models import Page

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
        "bare Wagtail page": tree.home.add_child(instance=Page(title="Bare", slug="bare")).url,
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


def cost_of(address: str) -> Cost:
    """Render a page many times and keep the least."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts, times = Client(), [], []
    for _ in range(RENDERS):
        with CaptureQueriesContext(connection) as queries:
            begin = time.process_time()
            response = client.get(address)
            spent = time.process_time() - begin
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}, so its cost says nothing.")
        counts.append(len(queries))
        times.append(spent * 1000)
    return Cost(min(counts), min(times), quantiles(times, n=20)[-1])


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_core.settings.test"
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    folders: Any = settings.TEMPLATES[0]["DIRS"]
    folders.append(Path(__file__).parent / "templates")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        costs = {name: cost_of(address) for name, address in fill_the_site().items()}
        costs |= {name: cost_of(address) for name, address in fill_the_archive().items()}
    finally:
        teardown_databases(databases, verbosity=0)
    bare = next(iter(costs.values())).milliseconds
    print(f"{'page':<20}{'queries':>8}{'CPU ms':>8}{'× bare':>8}{'p95 × bare':>12}")
    for name, cost in costs.items():
        ratios = f"{cost.milliseconds / bare:>8.1f}{cost.ninety_fifth / bare:>12.1f}"
        print(f"{name:<20}{cost.queries:>8}{cost.milliseconds:>8.1f}{ratios}")


if __name__ == "__main__":
    main()
