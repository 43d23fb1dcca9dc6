"""The history says what each draft changed, and folds the drafts of one sitting into a row that still has them all."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log, registry

from impact.models import ImpactStat
from site_core.publishing.eastern import hours_between
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE = datetime(2026, 11, 30, 14, 2, tzinfo=UTC)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def save(obj: Any, at: datetime, user: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(obj, name, value)
    revision = obj.save_revision(user=user, log_action=True, clean=False)
    entries = registry.get_logs_for_instance(obj)
    entries.filter(revision=revision).update(timestamp=at)


def rows(client: Client, url: str) -> list[Tag]:
    body = BeautifulSoup(client.get(url).content, "html.parser").select_one("main table tbody")
    assert body
    return body.find_all("tr", recursive=False)


def words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def test_the_drafts_of_a_sitting_are_one_row_with_each_of_them(editor: Client, site_tree: factories.SiteTree) -> None:
    ana, ben = (
        factories.UserFactory(first_name="Ana", last_name="Ruiz"),
        factories.UserFactory(first_name="Ben", last_name="Cole"),
    )
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    save(item, NINE - timedelta(days=1), ben, summary="Begun.")
    save(item, NINE, ana, title="Better")
    save(item, NINE + timedelta(minutes=20), ana, summary="Clearer.")
    save(item, NINE + timedelta(minutes=46), ana, body=[{"type": "heading", "value": "New"}])
    save(item, NINE + timedelta(minutes=50), ben, title="Best")
    told = rows(editor, reverse("wagtailadmin_pages:history", args=[item.pk]))

    page = editor.get(reverse("wagtailadmin_pages:history", args=[item.pk])).text
    assert "The site" in page and "system" not in words(told[0]) and "log entries" not in page
    bens, anas, first, *_ = (row for row in told if "aved" in words(row))
    assert "Changed: Headline" in words(bens) and "Current draft" in words(bens)
    assert "Saved 3 drafts between 9:02 and 9:48 a.m. Changed: Body (Heading), Summary, Headline" in words(anas)
    assert "Ana Ruiz" in words(anas) and "Ben Cole" in words(first)
    drafts = anas.select("details li")
    assert [words(draft.div) for draft in drafts] == [
        *("Changed: Body (Heading)", "Changed: Summary", "Changed: Headline"),
    ]
    for draft in drafts:
        assert "Review this version" in words(draft) and "Compare with previous version" in words(draft)


def test_a_long_pause_and_another_act_begin_another_row(editor: Client) -> None:
    stat, user = factories.ImpactStatFactory(draft=True), factories.UserFactory()
    save(stat, NINE, user, population="One")
    save(stat, NINE + timedelta(hours=2), user, population="Two", value_low=Decimal("12.50"))
    log(stat, "wagtail.workflow.cancel", user=user)
    told = rows(editor, reverse(ImpactStat.snippet_viewset.get_url_name("history"), args=[stat.pk]))
    assert not any(row.select("details") for row in told)

    (saved,) = (row for row in told if "Changed: Population" in words(row) and "Current draft" in words(row))
    assert "Value" not in words(saved)


def test_the_history_asks_no_more_for_more_drafts(editor: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    user, url = factories.UserFactory(), reverse("wagtailadmin_pages:history", args=[item.pk])
    picture = {"type": "picture", "value": {"image": factories.SiteImageFactory().pk}}
    counts = []
    for number in (2, 8):
        for minute in range(number):
            save(item, NINE + timedelta(minutes=minute), user, title=f"{number} {minute}", body=[picture])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            editor.get(url)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_hours_are_in_words() -> None:
    assert hours_between(NINE, NINE) == "at 9:02 a.m."
    assert hours_between(NINE, NINE + timedelta(hours=4)) == "between 9:02 a.m. and 1:02 p.m."
