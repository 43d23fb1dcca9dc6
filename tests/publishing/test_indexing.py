"""An object is indexed for search and references once, when it and its child objects are saved."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.conf import get_app_config
from wagtail.models import ReferenceIndex

from tests import factories

pytestmark = pytest.mark.django_db

IndexEntry: Any = get_app_config().get_model("IndexEntry")


def entries(obj: Any) -> Any:
    return IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk))


def words(obj: Any) -> str:
    """Everything the index holds of it, as the database stores it."""
    (found,) = entries(obj).values_list("title", "body")
    return " ".join(str(part) for part in found).lower()


def sqls(queries: CaptureQueriesContext) -> list[str]:
    return [each["sql"] for each in queries]


@pytest.fixture
def item(site_tree: factories.SiteTree) -> Any:
    return factories.NewsItemPageFactory(
        parent=site_tree.news, title="Gazette", places=[factories.PlaceTermFactory(name="Xanadu")]
    )


def test_a_tag_is_found_as_soon_as_it_is_public(item: Any) -> None:
    item.places.add(factories.PlaceTermFactory(name="Timbuktu"))
    item.save_revision().publish()
    assert "timbuktu" in words(item)


def test_a_draft_of_what_is_public_is_not_found(item: Any) -> None:
    item.title = "Quarterly"
    item.save_revision()
    assert "gazett" in words(item)
    assert "quarter" not in words(item)


def test_a_draft_changes_nothing_that_is_found(item: Any) -> None:
    """What a program wrote past the index is found only after the next public change."""
    stat = factories.ImpactStatFactory()
    type(item).objects.filter(pk=item.pk).update(title="Quarterly")
    type(stat).objects.filter(pk=stat.pk).update(population="Quarterly")
    for obj in (item, stat):
        obj.refresh_from_db()
        obj.save_revision()
        assert "quarter" not in words(obj)
        obj.save()
        assert "quarter" in words(obj)


def test_a_go_live_is_indexed_once(item: Any) -> None:
    revision = item.save_revision()
    with CaptureQueriesContext(connection) as queries:
        revision.publish()
    # SQLite updates the existing row. PostgreSQL inserts one, and updates it on a conflict.
    writing = ('UPDATE "wagtailsearch_indexentry" SET "title" =', "INSERT INTO wagtailsearch_indexentry ")
    assert sum(sql.strip().startswith(writing) for sql in sqls(queries)) == 1


def test_what_is_deleted_is_found_no_longer(item: Any) -> None:
    stat = factories.ImpactStatFactory()
    for obj in (item, stat):
        found = entries(obj)
        assert found.exists()
        obj.delete()
        assert not found.exists()


def test_what_evidence_refers_to_is_indexed(item: Any) -> None:
    study = factories.StudyFactory()
    stat = factories.ImpactStatFactory(evidence=[factories.EvidenceFactory.build(study=study)])
    assert [each.object_id for each in ReferenceIndex.get_references_to(study)] == [str(stat.pk)]
