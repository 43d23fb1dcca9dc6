"""A revision whose image, tag, study or parent is deleted stays scheduled, with a reason that names it."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from impact.models import ImpactStat
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.publishing.events import HOUR, scheduled_item, scheduled_revision

pytestmark = pytest.mark.django_db


def reason_for(obj: Any) -> str:
    """Why it did not go live. Asserts that it is still scheduled."""
    (failed,) = publish_due(timezone.now() + 25 * HOUR).failed
    obj.refresh_from_db()
    assert not obj.live
    assert scheduled_revision(obj)
    return failed.reason


def test_an_image_in_the_body(site_tree: factories.SiteTree) -> None:
    image = factories.SiteImageFactory()
    image.contextual_alt_text = "An example."
    body = [("picture", {"image": image, "caption": ""})]
    page = factories.TextPageFactory(parent=site_tree.home, body=body, scheduled=True)
    image.delete()
    assert reason_for(page) == (
        "It refers to something that no longer exists: image (Body). "
        "Replace or remove the reference, and publish it or schedule it again."
    )


def test_a_tag(site_tree: factories.SiteTree) -> None:
    place = factories.PlaceTermFactory()
    item = scheduled_item(site_tree, places=[place])
    place.delete()
    assert "no longer exists: place" in reason_for(item)


def test_a_study() -> None:
    study = factories.StudyFactory()
    stat = factories.ImpactStatFactory(evidence=[factories.EvidenceFactory.build(study=study)], scheduled=True)
    study.delete()
    assert "no longer exists: study (Evidence)" in reason_for(stat)


def test_a_parent(site_tree: factories.SiteTree) -> None:
    parent = factories.TextPageFactory(parent=site_tree.home)
    page = factories.TextPageFactory(parent=parent, scheduled=True)
    remove_row(parent)
    assert reason_for(page) == ("Its parent page no longer exists. Move it under another page, and it goes live.")


def test_a_person_who_has_left_keeps_nothing_from_going_live() -> None:
    person = factories.UserFactory()
    stat = factories.ImpactStatFactory(owner=person, scheduled=True)
    person.delete()
    assert not publish_due(timezone.now() + 25 * HOUR).failed
    assert ImpactStat.objects.get(pk=stat.pk).live


def remove_row(obj: Any) -> None:
    """Delete a row without Django, as restoring a backup might."""
    model: Any = type(obj)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        for table in [model._meta.db_table, *(parent._meta.db_table for parent in model._meta.get_parent_list())]:
            key = "id" if table != model._meta.db_table or not model._meta.parents else model._meta.pk.column
            cursor.execute(f'DELETE FROM {table} WHERE "{key}" = %s', [obj.pk])  # noqa: S608
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
