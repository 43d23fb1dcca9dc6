"""A month with thousands of entries takes as many queries as one with a few."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from site_core.publishing.schedule.calendar_views import SHOWN_A_DAY
from site_core.publishing.schedule.views import PAGE_LENGTH
from tests import factories
from tests.publishing.schedule.schedule_admin import DAY, at_the_admin, many
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

SCREENS = {
    "list": ("schedule", {}),
    "list of what is done": ("schedule", {"state": "done"}),
    "month": ("schedule_month", {}),
    "week": ("schedule_week", {}),
    "table": ("schedule_export", {}),
    "table of what is done": ("schedule_export", {"state": "done"}),
    "home": ("wagtailadmin_home", {}),
}
# Pages, each of which goes live and is taken down again: more than `in_bulk` asks SQLite for at once.
FEW, MANY = 30, 1000


@dataclass(frozen=True)
class Seen:
    """The number of queries of a page, and the number of titles on it."""

    queries: int
    shown: int


@pytest.fixture(scope="module")
def seen(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Iterator[list[dict[str, Seen]]]:
    """Each page with a few pages and alerts in a month, and with 2,000 more."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            client, _ = at_the_admin("Editor")
            results: list[dict[str, Seen]] = []
            for count in (FEW, MANY):
                many(FEW, apart=DAY)
                many(count, apart=29 * DAY / count, parent=Page.objects.get(pk=tree_of_the_module.home.pk))
                looked = {name: _look(client, *screen) for name, screen in SCREENS.items()}
                # A first request fills the caches in memory.
                again = looked if results else {name: _look(client, *screen) for name, screen in SCREENS.items()}
                results.append(again)
        yield results


def _look(client: Client, view: str, asked_for: dict[str, str]) -> Seen:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(view), asked_for)
    assert response.status_code == 200
    return Seen(len(queries), response.content.decode().count("Number "))


@pytest.mark.parametrize("screen", SCREENS)
def test_thousands_of_events_cost_as_many_queries_as_a_few(seen: list[dict[str, Seen]], screen: str) -> None:
    few, much = (results[screen] for results in seen)
    assert much.queries == few.queries
    # The panel “This week” counts what other panels of the home have looked up.
    assert few.queries <= 66


def test_no_screen_but_the_table_grows_without_end(seen: list[dict[str, Seen]]) -> None:
    shown = {name: result.shown for name, result in seen[1].items()}
    assert shown["table"] >= 2 * MANY
    # A title occurs twice or more in a row with links to changes.
    assert shown["list of what is done"] <= PAGE_LENGTH
    assert shown["list"] <= 4 * PAGE_LENGTH
    assert shown["month"] <= 6 * 7 * SHOWN_A_DAY["month"]
    assert shown["week"] <= 7 * SHOWN_A_DAY["week"]
