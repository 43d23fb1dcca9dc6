"""Searches without a result are counted for the editors, without data about the visitors."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from home.models import UnansweredSearch
from home.search import unanswered
from home.search.unanswered import MIN_TIMES
from site_core.chores.running import do_due
from tests import factories

pytestmark = pytest.mark.django_db

BROWSER = {"Sec-Fetch-Site": "same-origin"}


def look_for(client: Client, typed: str, headers: Any = None, times: int = MIN_TIMES) -> None:
    for _ in range(times):
        response = client.get("/search/", {"q": typed}, headers=BROWSER if headers is None else headers)
        assert response.status_code == 200


def count(typed: str) -> None:
    """Count a search often enough for its words to be stored."""
    for _ in range(MIN_TIMES):
        UnansweredSearch.objects.count_one(typed)


def counted() -> dict[str, int]:
    return dict(UnansweredSearch.objects.values_list("words", "times"))


def test_a_search_without_a_result_is_counted(site_tree: factories.SiteTree, client: Client) -> None:
    for typed in ("Zzzz", " zzzz ", "ZZZZ", "zzzz"):
        look_for(client, typed, times=1)
    look_for(client, "zzzz  qqqq")
    assert counted() == {"zzzz": 4, "zzzz qqqq": 3}
    assert UnansweredSearch.objects.first().last_on == localdate()  # type: ignore[union-attr]


def test_words_are_stored_from_the_third_search_on(site_tree: factories.SiteTree, client: Client) -> None:
    look_for(client, "zzzz qqqq", times=2)
    (row,) = UnansweredSearch.objects.values()
    assert (row["words"], row["times"]) == ("", 2)
    assert "zzzz" not in str(row)
    assert hashlib.sha256(b"zzzz qqqq").hexdigest() != row["digest"], "Who guesses the words could tell."
    look_for(client, "zzzz qqqq", times=1)
    assert counted() == {"zzzz qqqq": 3}


def test_what_a_promoted_page_answers_is_not_counted(site_tree: factories.SiteTree, client: Client) -> None:
    factories.SearchPromotionFactory(typed="zzzz", page=site_tree.about)
    look_for(client, "what is zzzz")
    assert counted() == {}


def test_what_no_spreadsheet_can_hold_is_not_stored(site_tree: factories.SiteTree, client: Client) -> None:
    look_for(client, "zz\ufffezz\u2028qq\x0bqq")
    assert counted() == {"zzzz qq qq": 3}


def test_what_was_corrected_or_found_in_part_was_not_found(site_tree: factories.SiteTree, client: Client) -> None:
    factories.PlaceTermFactory(name="Oakland")
    for typed in ("oaklnd", "oakland zzzz", "oakland"):
        look_for(client, typed)
    assert counted() == {"oaklnd": 3, "oakland zzzz": 3}


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "cross-site"}])
def test_only_what_is_sent_from_our_own_pages_counts(
    site_tree: factories.SiteTree, client: Client, headers: dict[str, str]
) -> None:
    look_for(client, "zzzz", headers, times=1)
    assert counted() == {}


def test_what_may_be_an_e_mail_address_or_a_phone_number_is_not_stored(db: None) -> None:
    for typed in (
        *("jo@example.org", "mail jo@example.org please", "555-010-0199", "(555) 010 0199", "call 5550100199 now"),
        *("+46 8 555 01 01", "555.0100", "@", "  "),
    ):
        count(typed)
        assert counted() == {}, typed


def test_long_ones_are_cut(db: None) -> None:
    count("z" * 300)
    assert counted() == {"z" * 100: 3}


def test_old_searches_are_deleted(db: None) -> None:
    today = localdate()
    for words, days in (("kept", 90), ("old", 91)):
        UnansweredSearch.objects.create(digest=words, words=words, last_on=today - timedelta(days=days))
    count("zzzz")
    assert set(counted()) == {"kept", "zzzz"}


def test_old_searches_are_deleted_even_if_nobody_searches(db: None) -> None:
    for digest, days in (("kept", 90), ("old", 91)):
        UnansweredSearch.objects.create(digest=digest, last_on=localdate() - timedelta(days=days))
    do_due()
    assert list(UnansweredSearch.objects.values_list("digest", flat=True)) == ["kept"]


def test_of_too_many_the_rarest_and_oldest_are_deleted(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unanswered, "MAX_SEARCHES", 3)
    today = localdate()
    for words, times, days in (("often", 5, 20), ("rare and old", 1, 20), ("rare", 1, 0)):
        UnansweredSearch.objects.create(digest=words, words=words, times=times, last_on=today - timedelta(days=days))
    count("zzzz")
    assert set(counted()) == {"often", "rare", "zzzz"}


def test_a_database_that_cannot_be_written_to_fails_no_page(
    site_tree: factories.SiteTree, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    read_only = "PRAGMA query_only = %s" if connection.vendor == "sqlite" else "SET transaction_read_only = %s"
    # The first visit makes the rows of the settings.
    look_for(client, "")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(read_only % "on")
        try:
            look_for(client, "zzzz")
        finally:
            if connection.vendor == "sqlite":
                cursor.execute(read_only % "off")
        # On PostgreSQL this is what ends it.
        transaction.set_rollback(True)
    assert "could not be counted" in caplog.text


@pytest.mark.parametrize(("role", "may"), [("Author", False), ("Editor", True), ("Administrator", True)])
def test_editors_and_up_read_the_report(db: None, role: str, may: bool) -> None:
    for words, times in (("call-in video", 3), ("", 2)):
        last_on = date(2026, 1, 7)
        UnansweredSearch.objects.create(digest=words, words=words, times=times, last_on=last_on)
    admin = Client()
    admin.force_login(factories.UserFactory(role=role))
    response = admin.get(reverse("unanswered_searches"))
    assert (response.status_code == 200) is may
    if may:
        page = response.content.decode()
        assert len(response.context["object_list"]) == 1
        assert "call-in video" in page and "January 7, 2026" in page.replace("Jan. 7", "January 7")
        assert admin.get(f"{reverse('unanswered_searches')}?export=csv").status_code == 200
    home = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert ("Searches without result" in home) is may
