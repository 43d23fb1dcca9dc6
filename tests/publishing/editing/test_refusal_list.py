"""A refused form lists what is wrong, one sentence each, with a link to the box or the block that it is about."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests import factories
from tests.publishing.admin_forms import edit_url, post, said

BLOCK = "0f6f2a52-4c3e-4f0e-9d5d-6a1a3c0b7d11"

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def add_text_page(editor: Client, site_tree: factories.SiteTree, **typed: Any) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["home", "textpage", site_tree.home.pk])
    return editor.post(url, nested_form_data({"title": "Typed", "slug": "typed", "summary": "Example.", **typed}))


def lines_of(response: Any) -> list[tuple[str, str]]:
    """What each line says, and where it leads."""
    lines = BeautifulSoup(said(response), "html.parser").find_all("li")
    return [(line.get_text(), str(line.a["href"]) if line.a else "") for line in lines]


def test_a_box_is_named_by_its_label(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    response = post(editor, edit_url(stat), value_low="101", slug="embed", **{"action-publish": "1"})
    assert "This can’t be published yet." in said(response)
    assert "could not be saved" not in said(response)
    slug = "Web address ending: “embed” is reserved for another page. Choose another web address ending."
    assert (slug, "#id_slug") in lines_of(response)
    assert len(lines_of(response)) == 2


def test_a_block_is_named_by_its_place_and_first_words(editor: Client, site_tree: factories.SiteTree) -> None:
    link = {"text": "Out", "page": "", "url": "no address"}
    call = {"text": "Talk to us about the city you know", "link": link}
    body = [("heading", "First"), ("call_to_action", call)]
    response = add_text_page(editor, site_tree, body=streamfield(body), **{"body-1-id": BLOCK, "action-publish": "1"})
    sentence, leads_to = lines_of(response)[0]
    assert sentence.startswith("Body, block 2 (Call to action, “Talk to us about the…”): Write the whole address")
    assert leads_to == f"#block-{BLOCK}-section"


def test_a_draft_that_cannot_be_saved_says_so(editor: Client, site_tree: factories.SiteTree) -> None:
    response = add_text_page(editor, site_tree, title="", body=streamfield([]))
    assert "This can’t be saved as it is." in said(response)
    assert lines_of(response) == [("Title: This field is required.", "#id_title")]


def test_autosave_names_what_nothing_can_be_saved_without(editor: Client, site_tree: factories.SiteTree) -> None:
    url = reverse("wagtailadmin_pages:add", args=["home", "textpage", site_tree.home.pk])
    answer = editor.post(
        url,
        nested_form_data({"title": "", "slug": "", "body": streamfield([])}),
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["error_message"] == "Not saved yet. Still to fix: Title."
