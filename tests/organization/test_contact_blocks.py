"""The contact blocks, which show contacts from the organization settings."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from site_core.organization.models import OrganizationSettings
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def main_text(client: Client, tree: factories.SiteTree, block: str) -> str:
    page = factories.TextPageFactory(parent=tree.about, body=[(block, None)])
    (main,) = BeautifulSoup(client.get(page.url).content, "html.parser").select("main")
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("press_contact", "No press contact has been published yet."),
        ("general_contact", "No postal address, email address or phone number has been published yet."),
    ],
)
def test_a_block_says_so_when_no_contact_is_on_record(
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
def test_a_block_shows_whatever_part_of_the_contact_is_on_record(
    client: Client, site_tree: factories.SiteTree, block: str, values: dict[str, str]
) -> None:
    organization = OrganizationSettings.load()
    for field, value in values.items():
        setattr(organization, field, value)
        organization.save()
        text = main_text(client, site_tree, block)
        assert value in text
        assert "has been published yet" not in text
