"""“Was this page useful?”: which pages ask, what is stored of an answer, and what is refused."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from site_core.chores.running import do_due
from site_core.feedback import models
from site_core.feedback.forms import signed_path
from site_core.feedback.models import Answer
from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.private_writes import CACHE_TABLE
from tests import factories
from tests.contracts.stock import StockedSite

pytestmark = pytest.mark.django_db

BROWSER = {"Sec-Fetch-Site": "same-origin"}
ASKING = {"StrategyPage", "TextPage", "NewsIndexPage", "place", "figure"}


@pytest.fixture
def site(stocked: StockedSite, db: None) -> StockedSite:
    return stocked


def form_in(response: Any) -> Tag | None:
    return BeautifulSoup(response.content, "html.parser").select_one("form.useful")


def send(client: Client, path: str = "/about/", headers: Any = BROWSER, **answer: str) -> Any:
    posted = {"page": signed_path(path), "useful": "no", "missing": "", "website": ""} | answer
    return client.post(reverse("feedback"), posted, headers=headers)


def stored() -> list[tuple[str, bool, str]]:
    return list(Answer.objects.order_by("pk").values_list("path", "is_useful", "missing"))


def text_of(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)  # type: ignore[union-attr]


def test_pages_of_content_ask_and_others_do_not(site: StockedSite, client: Client) -> None:
    asking = {name for name, address in site.addresses.items() if form_in(client.get(address))}
    assert asking == ASKING
    assert form_in(client.get("/no-such-page/")) is None


def test_a_private_page_and_a_preview_do_not_ask(site: StockedSite) -> None:
    editor = Client()
    editor.force_login(factories.UserFactory(role="Managing editor"))
    page = site.page("TextPage")
    assert form_in(editor.get(page.url))
    assert form_in(editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))) is None
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = editor.get(page.url)
    assert response.status_code == 200 and form_in(response) is None


def test_the_form_sends_what_the_site_takes_and_sets_no_cookie(site: StockedSite, client: Client) -> None:
    address = f"{site.addresses['NewsIndexPage']}?place={site.place.slug}"
    form: Any = form_in(client.get(address))
    assert (form["action"], form["method"]) == (reverse("feedback"), "post")
    fields = {field["name"]: field.get("value", "") for field in form.select("input:not([type=radio])")}
    now = generation.number()
    response = client.post(form["action"], fields | {"useful": "yes"}, headers=BROWSER)
    assert response.status_code == 303
    thanks = client.get(response["Location"])
    assert "no-store" in thanks["Cache-Control"] and "noindex" in thanks.content.decode()
    back = BeautifulSoup(thanks.content, "html.parser").select_one("main a")
    assert back and back["href"] == address
    assert not client.cookies
    assert stored() == [(site.addresses["NewsIndexPage"], True, "")]
    assert generation.number() == now


def test_the_line_is_cleaned_and_the_day_is_all_that_is_stored_beside_it(site: StockedSite, client: Client) -> None:
    send(client, missing=" The\u2028street\ufffe in 2012–2014 ")
    assert stored() == [("/about/", False, "The street in 2012–2014")]
    assert Answer.objects.get().given_on == localdate()
    assert {field.name for field in Answer._meta.fields} == {"id", "path", "is_useful", "missing", "given_on"}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"useful": ""}, "Choose yes or no."),
        ({"useful": "perhaps"}, "Select a valid choice."),
        ({"missing": "z" * 301}, "Please write at most 300 characters. There are 301."),
        ({"missing": "Write to name@example.org"}, "Please leave out email addresses and phone numbers."),
        ({"missing": "Call (555) 010-0199"}, "Please leave out email addresses and phone numbers."),
        ({"missing": "Call 555-010-2019"}, "Please leave out email addresses and phone numbers."),
    ],
)
def test_what_cannot_be_taken_is_shown_again_with_a_sentence(
    site: StockedSite, client: Client, answer: dict[str, str], sentence: str
) -> None:
    response = send(client, **{"missing": "The street", **answer})
    assert response.status_code == 400
    assert sentence in text_of(response)
    form: Any = form_in(response)
    assert form.select_one("[name=missing]")["value"] == answer.get("missing", "The street")
    assert form.select_one("[name=page]")["value"] == signed_path("/about/")
    assert stored() == []


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://testserver"}, True),
        ({}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_only_a_page_of_this_site_can_send_it(site: StockedSite, headers: dict[str, str], is_taken: bool) -> None:
    response = send(Client(enforce_csrf_checks=True), headers=headers)
    assert response.status_code == (303 if is_taken else 403)
    assert len(stored()) == is_taken


def test_only_a_page_that_the_site_has_signed_is_taken(site: StockedSite, client: Client) -> None:
    for page in ("", "/about/", "//example.org/:signature"):
        response = send(client, page=page)
        assert response.status_code == 400 and "out of date" in text_of(response)
        thanks = client.get(reverse("feedback_thanks"), {"page": page})
        assert not BeautifulSoup(thanks.content, "html.parser").select("main .claim a")
    assert stored() == []


def test_a_program_that_fills_in_every_field_is_thanked_and_nothing_is_stored(
    site: StockedSite, client: Client
) -> None:
    assert send(client, website="https://example.org/").status_code == 303
    assert stored() == []


def test_a_network_that_sends_many_has_to_wait_and_its_address_is_stored_nowhere(
    site: StockedSite, settings: Any
) -> None:
    settings.FEEDBACK_LIMIT = (2, 3600)
    here, there = Client(REMOTE_ADDR="192.0.2.77"), Client(REMOTE_ADDR="192.0.2.78")
    responses = [send(client, missing="The street") for client in (here, here, here, there)]
    assert [response.status_code for response in responses] == [303, 303, 429, 303]
    assert "Please try again later." in text_of(responses[2])
    assert len(stored()) == 3
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {CACHE_TABLE}")  # noqa: S608 (our name)
        keys = " ".join(key for (key,) in cursor.fetchall())
    assert keys.count("feedback:") == 2
    assert "192.0.2" not in keys and sha256(b"192.0.2.77").hexdigest() not in keys


def test_old_answers_are_deleted_and_a_full_table_takes_no_more(
    site: StockedSite, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "MAX_ANSWERS", 2)
    for path, days in (("/kept/", 90), ("/old/", 91)):
        Answer.objects.create(path=path, is_useful=True, given_on=localdate() - timedelta(days=days))
    do_due()
    assert [path for path, *_ in stored()] == ["/kept/"]
    assert send(client).status_code == 303
    response = send(client, missing="The street")
    assert response.status_code == 503 and "The fault is ours" in text_of(response)
    assert [path for path, *_ in stored()] == ["/kept/", "/about/"]


def test_a_database_that_cannot_be_written_to_costs_a_sentence(
    site: StockedSite, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    read_only = "PRAGMA query_only = %s" if connection.vendor == "sqlite" else "SET transaction_read_only = %s"
    client.get("/about/")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(read_only % "on")
        try:
            response = send(client, missing="The street")
        finally:
            if connection.vendor == "sqlite":
                cursor.execute(read_only % "off")
        # On PostgreSQL this is what ends it.
        transaction.set_rollback(True)
    assert response.status_code == 503 and "The fault is ours" in text_of(response)
    form: Any = form_in(response)
    assert form.select_one("[name=missing]")["value"] == "The street"
    assert "style-src 'self'" in response["Content-Security-Policy"]
    assert "could not be stored" in caplog.text


@pytest.mark.parametrize(("role", "may"), [("Author", False), ("Editor", True), ("Administrator", True)])
def test_editors_and_up_read_the_report(site: StockedSite, role: str, may: bool) -> None:
    for is_useful, missing in ((True, ""), (False, "The first line"), (False, "The second line")):
        Answer.objects.store("/about/", is_useful, missing)
    admin = Client()
    admin.force_login(factories.UserFactory(role=role))
    response = admin.get(reverse("readers_report"))
    assert (response.status_code == 200) is may
    assert ("What readers say" in admin.get(reverse("wagtailadmin_home")).content.decode()) is may
    if may:
        text = text_of(response)
        assert "/about/ 1 2" in text
        assert text.index("The second line") < text.index("The first line")
        file: Any = admin.get(f"{reverse('readers_report')}?export=csv")
        assert len(b"".join(file.streaming_content).splitlines()) == 4


def test_an_editor_deletes_a_line_and_no_log_repeats_it(site: StockedSite) -> None:
    Answer.objects.store("/about/", False, "A name of a person")
    admin = Client()
    admin.force_login(factories.UserFactory(role="Editor"))
    address = reverse("delete_answer", args=[Answer.objects.get().pk])
    assert "A name of a person" in admin.get(address).content.decode()
    response = admin.post(address, follow=True)
    assert stored() == []
    assert "A name" not in response.content.decode()
    assert "A name" not in admin.get(reverse("wagtailadmin_reports:site_history")).content.decode()
