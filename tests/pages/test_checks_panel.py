"""The panel “Checks” says while somebody writes what a refusal would say, in the same words and at the same places."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.text_page import TextPage
from site_core.pages.content_checks.reasons import log_reason
from tests import factories
from tests.publishing.admin_forms import edit_url, post, said

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BLOCK = "0f6f2a52-4c3e-4f0e-9d5d-6a1a3c0b7d11"
HARD = (
    "Comprehensive institutional accountability necessitates multidisciplinary collaboration, organizational "
    "transformation and methodological sophistication throughout participating jurisdictions."
)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture
def page(editor: Client, site_tree: factories.SiteTree) -> TextPage:
    made: TextPage = factories.TextPageFactory(parent=site_tree.home)
    body = nested_form_data({"body": streamfield([("heading", "What they did last year")])})
    assert post(editor, edit_url(made), summary=HARD, **body, **{"body-0-id": BLOCK}).status_code == 302
    return made


def checks(client: Client, page: Any) -> str:
    response = client.get(reverse("content_checks", args=[page.pk]))
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split()).replace(" :", ":")


def test_the_panel_says_what_a_refusal_says(editor: Client, page: TextPage) -> None:
    shown = checks(editor, page)
    assert "Fix, or say why it may stay" in shown and "Worth another look" in shown
    refusal = said(post(editor, edit_url(page), **{"action-publish": "1"}, **body_of(page)))
    lines = [line for line in BeautifulSoup(refusal, "html.parser").find_all("li") if "last year" in line.get_text()]
    (line,) = lines
    assert " ".join(line.get_text(" ").split()).replace(" :", ":") in shown
    assert line.a and f'href="{line.a["href"]}"' in editor.get(reverse("content_checks", args=[page.pk])).text


def test_a_hard_text_is_named_alike_in_the_panel_in_the_review_and_once_it_is_public(
    editor: Client, site_tree: factories.SiteTree
) -> None:
    page = factories.TextPageFactory(parent=site_tree.home)
    no_body = nested_form_data({"body": streamfield([])})
    assert post(editor, edit_url(page), summary=HARD, **no_body).status_code == 302
    found = re.search(r"The summary reads like grade \d+\. [^.]+\.", checks(editor, page))
    assert found
    page.get_workflow().start(TextPage.objects.get(pk=page.pk), factories.UserFactory(role="Author"))
    state = TextPage.objects.get(pk=page.pk).current_workflow_task_state
    assert found[0] in words_of(editor.get(reverse("review", args=[state.pk])))
    state.workflow_state.cancel()
    published = post(editor, edit_url(page), **{"action-publish": "1"}, **no_body)
    assert found[0] in words_of(editor.get(published["Location"]))


def words_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def body_of(page: TextPage) -> dict[str, Any]:
    body = nested_form_data({"body": streamfield([("heading", "What they did last year")])})
    return {**body, "body-0-id": BLOCK}


def test_what_may_stay_and_what_is_right_is_not_listed(editor: Client, page: TextPage) -> None:
    draft = page.get_latest_revision()
    marked = "“last year” means another day to each reader: write the date, the month or the year."
    log_reason(page, draft, [marked], "That is the name of the year.", factories.UserFactory())
    assert "say why it may stay" not in checks(editor, page)
    plain = factories.TextPageFactory(parent=page.get_parent(), summary="They met.")
    assert checks(editor, plain) == "Nothing to fix in the saved draft."


def test_it_stands_in_wagtails_panel_and_asks_for_the_page(editor: Client, page: TextPage) -> None:
    panels = BeautifulSoup(editor.get(edit_url(page)).content, "html.parser").select('[data-side-panel="checks"]')
    (panel,) = panels
    url = reverse("content_checks", args=[page.pk])
    assert panel.select_one(f'[data-content-checks="{url}"]') and panel.select_one("[data-checks-panel]")
    add = reverse("wagtailadmin_pages:add", args=["home", "textpage", page.get_parent().pk])
    assert reverse("content_checks", args=[0]) in editor.get(add).text


def test_only_who_may_edit_the_page_reads_them(client: Client, site_tree: factories.SiteTree) -> None:
    client.force_login(factories.UserFactory(role="Author"))
    others = factories.TextPageFactory(parent=site_tree.home, owner=factories.UserFactory())
    answer = client.get(reverse("content_checks", args=[others.pk]))
    assert answer.status_code == (200 if client.get(edit_url(others)).status_code == 200 else 403)
    assert client.get(reverse("content_checks", args=[others.get_root().pk])).status_code in (403, 404)
    assert client.get(reverse("content_checks", args=[10**30])).status_code == 404
    client.logout()
    assert client.get(reverse("content_checks", args=[others.pk])).status_code == 302
