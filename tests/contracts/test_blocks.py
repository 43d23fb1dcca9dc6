"""One rule set for every block that an author can pick."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.contracts.rules import broken_block_rules, our_blocks

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

BLOCKS = our_blocks()


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_an_icon_a_description_and_a_template(name: str) -> None:
    assert broken_block_rules(BLOCKS[name]) == []


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("is_stocked", [True, False], ids=["stocked", "empty"])
def test_every_block_shows_an_example_in_the_picker(
    site_tree: factories.SiteTree, name: str, is_stocked: bool
) -> None:
    if is_stocked:
        factories.ImpactStatFactory()
        factories.SiteImageFactory()
        factories.SiteDocumentFactory()
    client = Client()
    client.force_login(factories.UserFactory(role="Author"))
    block = BLOCKS[name]
    assert block.is_previewable, "The picker has no example of this block."
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
