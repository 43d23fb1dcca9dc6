"""What the benchmark of the admin does inside one site: a process that measures whatever it is asked for.

The site is ours or the stock one, by the settings it is started with. Each line it reads names something to measure,
and it answers each with one line of numbers.
"""

import importlib
import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.publishing.admin_forms import filled_in

BLOCKS, RUNS = 20, 5
PARAGRAPH = "<p>" + "An example of a paragraph. " * 20 + "</p>"
IS_STOCK = settings.ROOT_URLCONF == "benchmarks.admin.stock.urls"
content: Any = importlib.import_module(
    "benchmarks.admin.stock.content" if IS_STOCK else "benchmarks.admin.our_content"
)


class Site:
    """The site, with an editor who is signed in."""

    def __init__(self, items: int, scheduled: int) -> None:
        self.client = Client()
        with transaction.atomic():
            self.news = content.news()
            body = [("heading", "A heading") if at % 2 else ("text", RichText(PARAGRAPH)) for at in range(BLOCKS)]
            self.item = content.item(self.news, body)
            self.client.force_login(content.editor())
            first_place = self.news.numchild + 1
            copy_page(self.item, self.news, range(first_place, first_place + items))
            for page in self.news.get_children().order_by("-path").specific()[:scheduled]:
                page.go_live_at = timezone.now() + timedelta(days=30, minutes=page.pk)
                page.save_revision().publish()

    def urls(self) -> dict[str, str]:
        """What is opened, by the name it has in the table."""
        schedule = reverse("wagtailadmin_explore", args=[self.news.pk]) if IS_STOCK else reverse("schedule")
        return {
            "open an item of 20 blocks": reverse("wagtailadmin_pages:edit", args=[self.item.pk]),
            "page list": reverse("wagtailadmin_explore", args=[self.news.pk]),
            "schedule": schedule,
        }

    def save_draft(self) -> Callable[[], Any]:
        """The form as a browser sends it, with all that was on it."""
        url = self.urls()["open an item of 20 blocks"]
        written = [("heading", "Another one") if at % 2 else ("text", rich_text(PARAGRAPH)) for at in range(BLOCKS)]
        form = filled_in(self.client, url, **nested_form_data({"body": streamfield(written)}), **content.FIELDS)

        def save() -> Any:
            # Nothing was typed by anybody else meanwhile.
            if "loaded_revision_id" in form:
                page = Page.objects.get(pk=self.item.pk)
                form["loaded_revision_id"] = page.latest_revision_id
                form["loaded_revision_created_at"] = page.latest_revision_created_at.isoformat()
            return lambda: self.client.post(url, form)

        return save

    def measure(self, name: str) -> tuple[int, float]:
        """The queries of one request, and the least CPU time of a few, in milliseconds."""
        if name == "save a draft":
            prepare, expected = self.save_draft(), 302
        else:
            url = self.urls()[name]
            prepare, expected = lambda: lambda: self.client.get(url), 200
        with CaptureQueriesContext(connection) as queries:
            answer(prepare(), expected, name)
        return len(queries), min(answer(prepare(), expected, name) for _ in range(RUNS))


def answer(request: Callable[[], Any], expected: int, name: str) -> float:
    """The CPU time of one request in milliseconds. Raises SystemExit where it is not answered as expected."""
    began = time.process_time()
    response = request()
    response.getvalue()
    spent = time.process_time() - began
    if response.status_code != expected:
        raise SystemExit(f"“{name}” was answered {response.status_code}, so its cost says nothing.")
    return spent * 1000


def copy_page(page: Page, parent: Page, places: range) -> None:
    """Put copies of a page below a parent, at these places in the tree: its own rows alone, without tags."""
    models: list[Any] = [Page, type(page)]
    numbers = range(page.pk + 1, page.pk + 1 + len(places))
    with connection.cursor() as cursor:
        for model in models:
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [page.pk])  # noqa: S608 (our names)
            columns = [column[0] for column in cursor.description]
            row = dict(zip(columns, cursor.fetchone(), strict=True))
            marks = ", ".join(["%s"] * len(columns))
            rows = [
                list((row | _changed(row, key, number, parent, place)).values())
                for number, place in zip(numbers, places, strict=True)
            ]
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 (our names)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(places))


def _changed(row: dict[str, Any], key: str, number: int, parent: Page, place: int) -> dict[str, Any]:
    slug = f"copied-headline-{place}"
    changed = {
        "path": Page._get_path(parent.path, parent.depth + 1, place),
        "title": f"Copied headline {place}",
        "draft_title": f"Copied headline {place}",
        "slug": slug,
        "url_path": f"{parent.url_path}{slug}/",
        "translation_key": f"{number:032x}",
    }
    return {key: number} | {name: value for name, value in changed.items() if name in row} | {key: number}


def main() -> None:
    logging.disable(logging.WARNING)
    setup_test_environment()
    call_command("migrate", verbosity=0)
    site: Any = None
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        if name == "begin":
            site = Site(*arguments)
            said: Any = True
        else:
            said = site.measure(name)
        print(json.dumps(said), flush=True)
