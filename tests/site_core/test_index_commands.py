"""What is found is stored as pages: whoever makes an index anew says that they are out of date."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from site_core.delivery import generation
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item() -> Any:
    return factories.NewsItemPageFactory(parent=factories.site_tree().news, title="A lantern in the street")


@pytest.mark.parametrize(
    ("command", "index"), [("update_index", IndexEntry), ("rebuild_references_index", ReferenceIndex)]
)
def test_an_index_that_is_made_anew_moves_the_generation(command: str, index: Any, item: Any) -> None:
    index.objects.all().delete()
    before = generation.number()
    call_command(command, verbosity=0)
    assert generation.number() > before
    assert index.objects.filter(object_id=str(item.pk)).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite weighs titles by itself.")
def test_a_new_title_is_weighed_at_once(item: Any) -> None:
    """Within a tenth of what it weighs against all others."""
    weighed = IndexEntry.objects.get(object_id=str(item.pk), content_type=item.content_type).title_norm
    assert weighed != 1
    call_command("update_index", verbosity=0)
    against_all = IndexEntry.objects.get(object_id=str(item.pk), content_type=item.content_type).title_norm
    assert weighed == pytest.approx(against_all, rel=0.1)
