"""A command that rebuilds an index invalidates the stored pages that were made from it."""

from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from site_core.page_cache.invalidation import generation
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(site_tree: factories.SiteTree) -> Any:
    return factories.NewsItemPageFactory(parent=site_tree.news, title="A lantern in the street")


@pytest.mark.parametrize(
    ("command", "index"), [("update_index", IndexEntry), ("rebuild_references_index", ReferenceIndex)]
)
def test_rebuilding_an_index_moves_the_generation(command: str, index: Any, item: Any) -> None:
    index.objects.all().delete()
    before = generation.number()
    call_command(command, verbosity=0)
    assert generation.number() > before
    assert index.objects.filter(object_id=str(item.pk)).exists()
