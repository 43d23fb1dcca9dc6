"""What the benchmark of growth does inside one site of one size: a process that measures whatever it is asked for.

Each line it reads names something to measure, and it answers each with one line of numbers.
"""

import json
import logging
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from benchmarks.archive import grow
from news.kept_counts.triggers import install_triggers, remove_triggers
from news.kept_counts.upkeep import correct
from news.models import NewsIndexPage, NewsItemPage
from site_core.page_cache.invalidation import generation
from site_core.publishing.runner.due import publish_due
from site_core.taxonomy.models import Term
from tests import factories
from tests.publishing.runner import on_time_inside as publishing

# It stands in one item, and the other in every one.
RARE, COMMON = "zephyr", "example"
READS, PUBLISHINGS = 7, 8
PLACES = 3
visitor, editor = Client(), Client()
_edits = count(1)


def seconds(action: Callable[[], Any]) -> float:
    """The time that processors work for it, here and in the database: other programs hardly show in that."""
    began = _spent()
    action()
    return _spent() - began


def _spent() -> float:
    connection.ensure_connection()
    # The first number is the nanoseconds that the process has been running.
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return time.process_time() + int(server) / 1e9


def begin(number: int) -> float:
    """Make a site with so many news items, or more of them on one that is there; how long it took to add them."""
    if not NewsIndexPage.objects.exists():
        tree = factories.site_tree()
        tree.home.body = [("strategies", {"heading": "Strategies"}), ("latest_news", {"heading": "News", "number": 6})]
        tree.home.save_revision().publish()
        factories.NewsItemPageFactory(parent=tree.news, title=f"A lone {RARE}", publisher=None)
        factories.UserFactory(is_superuser=True)
        grow(100)
        for place in range(PLACES):
            term = Term.objects.get(slug=f"example-strategy-{place}")
            factories.StrategyPageFactory(parent=tree.strategies, title=term.name, slug=term.slug, term_id=term.pk)
    began = time.perf_counter()
    # Counted once at the end, not with each row. Only the owner of the tables may do so.
    remove_triggers("default")
    grow(number)
    install_triggers("default")
    correct()
    return time.perf_counter() - began


def addresses() -> dict[str, str]:
    """What is read, by the name it has in the table."""
    visible = NewsItemPage.objects.visible()
    item = visible.filter(slug__startswith="archived-headline").order_by("pk")[60]
    late = max(1, visible.count() * 4 // 5 // 20)
    news = NewsIndexPage.objects.get()
    return {
        "list": news.url,
        "list, a late page": f"{news.url}?page={late}",
        "filter by place, with facets": f"{news.url}?place=example-place-1",
        "filter by type, with facets": f"{news.url}?type=news",
        "list, a word on one item": f"{news.url}?q={RARE}",
        "list, a word on every item": f"{news.url}?q={COMMON}",
        "search, one hit": f"/search/?q={RARE}",
        "search, a word on every item": f"/search/?q={COMMON}",
        "item": item.url,
        "home": "/",
        "strategy": f"{news.get_parent().url}strategies/example-strategy-0/",
        "places": "/places/",
        "feed": "/news/feed.rss",
        "sitemap, the index": "/sitemap.xml",
        "sitemap, a file": "/sitemap-pages-1.xml",
        "admin: explorer": reverse("wagtailadmin_explore", args=[news.pk]),
        "admin: news": reverse("news_items:index"),
    }


def read(name: str) -> float:
    """The quickest of a few renders, the first one apart: in one generation, as between two changes."""
    get(name)
    return min(seconds(lambda: get(name)) for _ in range(READS))


def read_anew(name: str) -> float:
    """The quickest render of the first in its generation: nothing is memoized."""

    def first() -> float:
        generation.increment()
        return seconds(lambda: get(name))

    first()
    return min(first() for _ in range(READS))


def get(name: str) -> None:
    client = editor if name.startswith("admin") else visitor
    if client is editor and not editor.cookies:
        editor.force_login(get_user_model().objects.get(is_superuser=True))
    response = client.get(PAGES[name])
    response.getvalue()
    if response.status_code != 200:
        raise SystemExit(f"{PAGES[name]} answered {response.status_code}, so its time says nothing.")


def publish() -> float:
    """The quickest publishing of a few changes of one item."""
    item = NewsItemPage.objects.visible().filter(slug__startswith="archived-headline").first()

    def change() -> float:
        item.summary = f"An example, changed {next(_edits)} times."
        revisions = [item.save_revision()]
        return seconds(lambda: publishing.seconds_to_publish(revisions))

    return min(change() for _ in range(PUBLISHINGS))


def publish_many(number: int) -> float:
    """How long it takes to publish so many new pages and figures, one by one."""
    with transaction.atomic():
        revisions = publishing.make(number, draft=True)
    return seconds(lambda: publishing.seconds_to_publish(revisions))


def carry_out_many(number: int) -> float:
    """How long the runner takes for as many that are due at once."""
    with transaction.atomic():
        numbers = [revision.pk for revision in publishing.make(number)]
        Revision.objects.filter(pk__in=numbers).update(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    done: list[Any] = []
    took = seconds(lambda: done.extend(publish_due(timezone.now()).done))
    if len(done) != number:
        raise SystemExit(f"Only {len(done)} of {number} went live.")
    return took


def memory_of_sitemap() -> int:
    """The most bytes that Python holds while every file of the sitemap is read, a piece at a time."""
    tracemalloc.start()
    for address in ("/sitemap.xml", *(f"/sitemap-pages-{number}.xml" for number in range(1, 75))):
        for _ in visitor.get(address):
            pass
    return tracemalloc.get_traced_memory()[1]


def database_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


ASKED: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(begin, read, read_anew, publish, publish_many, carry_out_many, memory_of_sitemap, database_size),
        publishing.publish_as_wagtail_does,
    )
}
PAGES: dict[str, str] = {}


def main() -> None:
    # A line for each of hundreds that go live would hide the table.
    logging.disable(logging.WARNING)
    with connection.cursor() as cursor:
        # What other processes of the server did for a query would not be counted.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        if name.startswith("read") and not PAGES:
            PAGES.update(addresses())
        print(json.dumps(ASKED[name](*arguments)), flush=True)
