"""No screen of the admin, Wagtail's own ones included, shows a raw value or a word of Wagtail's machinery."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from site_core.publishing.ledger.publications import Publication
from tests import factories
from tests.admin.admin_words import raw_words, words_on
from tests.contracts.admin_stock import AdminStock, admin_stock, in_review, locked, scheduled
from tests.contracts.admin_urls import AdminAddress, admin_addresses
from tests.contracts.rights.ranks import Rank, person_of
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

# These show what another screen shows, end the visit, or are no screen.
LEFT_OUT = re.compile(r"_results$|^wagtailadmin_(?:logout|error_test|javascript_catalog|sprite)$|^(?:chosen|ping)")


@pytest.fixture(scope="module")
def reader(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Iterator[tuple[Client, AdminStock]]:
    """A superuser, and something of everything to look at."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            person = person_of(Rank.NOBODY)
            stock = admin_stock(tree_of_the_module)
            add_what_has_happened(tree_of_the_module, person.user)
        yield person.client, stock


def add_what_has_happened(tree: factories.SiteTree, user: Any) -> None:
    """Reviews that ended, an alert with both dates, a lock, an undone publication and a stat with every date."""
    approved, sent_back = (in_review(factories.NewsItemPageFactory(parent=tree.news), user) for _ in range(2))
    approved.approve(user=user)
    sent_back.reject(user=user, comment="An example.")
    alert = factories.AlertFactory()
    alert.expire_at = datetime(2037, 1, 8, 22, 30, tzinfo=UTC)
    scheduled(alert)
    locked(factories.TextPageFactory(parent=tree.home), user)
    day = date(2018, 4, 3)
    stat = factories.ImpactStatFactory(compared_on=day, checked_on=day, next_due=day + timedelta(days=9000))
    stat.strategy_inferred = not stat.strategy_inferred
    stat.save_revision(user=user, log_action=True).publish(user=user)
    stat.unpublish(user=user)


def screens(stock: AdminStock) -> Iterator[tuple[str, str]]:
    """The name and the URL of every screen, and of a row of the ledger for each kind of content."""
    for one in admin_addresses():
        if not LEFT_OUT.search(one.name):
            yield one.line, url_of(one, stock)
    for kind in Publication.objects.order_by("model_label").values_list("model_label", flat=True).distinct():
        row = Publication.objects.filter(model_label=kind).latest("pk")
        yield f"publication of {kind}", reverse("publication", args=[row.pk])


def url_of(one: AdminAddress, stock: AdminStock) -> str:
    return reverse(one.full_name, kwargs=stock.arguments(one.namespace, one.name, list(one.parts)))


def read(client: Client, url: str) -> list[str] | None:
    """The texts of a screen, of a step of a dialog, too. None if there is none for a reader."""
    response = client.get(url)
    if response.status_code != 200 or response.streaming:
        return None
    if response["Content-Type"].startswith("application/json"):
        step = response.json()
        return list(words_on(step.get("html") or step.get("htmlFragment") or "")) if isinstance(step, dict) else None
    return list(words_on(response.text)) if response["Content-Type"].startswith("text/html") else None


def test_no_screen_shows_a_raw_value_or_a_word_of_wagtails_machinery(reader: tuple[Client, AdminStock]) -> None:
    client, stock = reader
    texts: dict[str, str] = {}
    seen = 0
    for name, url in screens(stock):
        found = read(client, url)
        seen += found is not None
        for text in found or ():
            texts.setdefault(text, name)
    wrong = [f"{name}: {words} in “{text[:160]}”" for text, name in texts.items() if (words := raw_words(text))]
    assert not wrong, "\n".join(wrong)
    assert seen > 200


def test_the_list_of_alerts_says_when_each_goes_live_and_comes_down(client: Client, db: None) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    later = datetime(2037, 1, 7, 14, 0, tzinfo=UTC)
    factories.AlertFactory(go_live_at=later, expire_at=later + timedelta(days=1), draft=True)
    factories.AlertFactory()
    words = list(words_on(client.get(reverse("wagtailsnippets_organization_alert:list")).text))
    assert {"Goes live", "Comes down", "Yes", "No"} <= set(words)
    assert {"Wed., Jan. 7, 2037, 9:00 a.m. ET", "Thu., Jan. 8, 2037, 9:00 a.m. ET"} <= set(words)
