"""The blocks that show whom to ask, from the organization's settings."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from site_core.organization.models import OrganizationSettings
from tests import factories

pytestmark = pytest.mark.django_db


def main_text(client: Client, tree: factories.SiteTree, block: str) -> str:
    page = factories.TextPageFactory(parent=tree.about, body=[(block, None)])
    (main,) = BeautifulSoup(client.get(page.url).content, "html.parser").select("main")
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("press_contact", "No press contact has been published yet."),
        ("general_contact", "No postal address, e-mail address or phone number has been published yet."),
    ],
)
def test_what_is_not_on_record_is_said(
    client: Client, site_tree: factories.SiteTree, block: str, sentence: str
) -> None:
    assert sentence in main_text(client, site_tree, block)


@pytest.mark.parametrize(
    ("block", "values"),
    [
        (
            "press_contact",
            {"press_name": "Example Person", "press_email": "press@example.org", "press_phone": "212-555-0100"},
        ),
        (
            "general_contact",
            {"address": "1 Example Street", "email": "everyone@example.org", "phone": "212-555-0101"},
        ),
    ],
)
def test_what_is_on_record_is_shown_even_a_part_of_it(
    client: Client, site_tree: factories.SiteTree, block: str, values: dict[str, str]
) -> None:
    organization = OrganizationSettings.load()
    for field, value in values.items():
        setattr(organization, field, value)
        organization.save()
        text = main_text(client, site_tree, block)
        assert value in text
        assert "has been published yet" not in text
