"""A link in rich text that names no page and no document is no link, and breaks no screen."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex

from home.models import TextPage
from site_core.pages.blocks import TEXT_FEATURES
from tests import factories
from tests.factories import SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NO_PKS = ["1x", "", "-1", "1.5", "9" * 40, "9" * 300, "١", "None", "1 "]


def typed_link(kind: str, data: dict[str, Any]) -> str:
    """What the editor sends for the word “here” with a link."""
    ranges = [{"offset": 0, "length": 4, "key": 0}]
    block = {"key": "a", "type": "unstyled", "text": "here", "depth": 0, "entityRanges": ranges}
    entity = {"type": kind, "mutability": "MUTABLE", "data": data}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def stored(kind: str, data: dict[str, Any]) -> str:
    html: str = ContentstateConverter(TEXT_FEATURES).to_database_format(typed_link(kind, data))
    return html


@pytest.mark.parametrize("pk", NO_PKS)
@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
def test_a_link_that_names_nothing_is_stored_as_its_text(kind: str, pk: str) -> None:
    assert stored(kind, {"id": pk}) == '<p data-block-key="a">here</p>'


@pytest.mark.parametrize("data", [{}, {"url": None}, {"url": ""}, {"url": 5}, {"id": None, "url": None}])
@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
def test_a_link_without_a_target_is_stored_as_its_text(kind: str, data: dict[str, Any]) -> None:
    assert stored(kind, data) == '<p data-block-key="a">here</p>'


def test_other_links_are_stored_as_they_were_typed() -> None:
    for kind, data, attribute in (
        ("LINK", {"id": 3}, 'id="3" linktype="page"'),
        ("DOCUMENT", {"id": 3}, 'id="3" linktype="document"'),
        ("LINK", {"url": "https://example.org/"}, 'href="https://example.org/"'),
        ("LINK", {"url": "#part"}, 'href="#part"'),
        ("LINK", {"url": "mailto:a@example.org"}, 'href="mailto:a@example.org"'),
    ):
        link = BeautifulSoup(stored(kind, data), "html.parser").a
        expected = BeautifulSoup(f"<a {attribute}>here</a>", "html.parser").a
        assert link == expected


@pytest.mark.parametrize("pk", [*NO_PKS, None])
@pytest.mark.parametrize("kind", ["page", "document"])
def test_a_stored_link_that_names_nothing_breaks_no_screen(
    client: Client, site_tree: SiteTree, kind: str, pk: str | None
) -> None:
    attribute = "" if pk is None else f' id="{pk}"'
    body = [("text", f'<p><a linktype="{kind}"{attribute}>here</a></p>')]
    page = factories.TextPageFactory(parent=site_tree.about, draft=True)
    page.body = body
    page.save_revision().publish()
    text = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".body")
    assert text
    assert "here" in text.get_text()
    assert not text.select("a[href]")
    assert not ReferenceIndex.get_references_for_object(page).filter(to_object_id=pk or "").exists()
    client.force_login(factories.UserFactory(role="Editor"))
    for name in ("edit", "usage", "history"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 200, name


def test_a_link_that_names_nothing_is_saved_in_the_admin(client: Client, site_tree: SiteTree) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    page = factories.TextPageFactory(parent=site_tree.about, body=[("text", "<p>Example</p>")])
    typed = {
        "title": "With a link\nand a\vbreak",
        "slug": page.slug,
        "summary": "An invented page.",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": typed_link("LINK", {"id": "1x"}),
        "action-publish": "1",
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(address, typed).status_code == 302
    assert client.get(address).status_code == 200
    saved = TextPage.objects.get(pk=page.pk)
    assert saved.title == "With a link and a break"
    assert "linktype" not in saved.body.raw_data[0]["value"]
    assert client.get(saved.url).status_code == 200
