"""A digest changes with what an object says, and with nothing else."""

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.content_loader.digests import object_digest
from tests import factories

# To isolate an app makes it ready anew. One of ours would register everything a second time, for all later tests.
APP = "modelcluster"


class Named(models.Model):
    """A model before fields are added to it."""

    name = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class NamedWithMore(Named):
    """The same model afterwards."""

    note = models.CharField(max_length=20, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    is_shown = models.BooleanField(default=True)
    kind = models.CharField(max_length=20, default="plain")

    class Meta:
        abstract = True


FILLED: list[dict[str, Any]] = [
    {"note": "A note"},
    {"checked_on": date(2018, 4, 3)},
    {"is_shown": False},
    {"kind": "other"},
]


def model(name: str, base: type[models.Model], **fields: models.Field[Any, Any]) -> Any:
    """Make a model of an abstract one."""
    meta = type("Meta", (), {"app_label": APP})
    return type(name, (base,), {"__module__": __name__, "Meta": meta, **fields})


@isolate_apps(APP)
def test_a_new_field_changes_a_digest_only_once_somebody_fills_it() -> None:
    before, after = model("Before", Named), model("After", NamedWithMore)
    loaded = object_digest(before(name="Example"))
    assert object_digest(after(name="Example")) == loaded
    for filled in FILLED:
        assert object_digest(after(name="Example", **filled)) != loaded


@isolate_apps(APP)
def test_a_new_field_of_a_child_changes_a_digest_only_once_somebody_fills_it() -> None:
    def parent_and_child(suffix: str, base: type[models.Model]) -> tuple[Any, Any]:
        parent = model(f"Parent{suffix}", ClusterableModel)
        key = ParentalKey(parent, related_name="parts", on_delete=models.CASCADE)
        return parent, model(f"Child{suffix}", base, parent=key)

    parent, child = parent_and_child("Before", Named)
    new_parent, new_child = parent_and_child("After", NamedWithMore)
    loaded = object_digest(parent(parts=[child(name="Example")]))
    assert object_digest(parent()) != loaded
    assert object_digest(new_parent(parts=[new_child(name="Example")])) == loaded
    for filled in FILLED:
        assert object_digest(new_parent(parts=[new_child(name="Example", **filled)])) != loaded


@pytest.mark.django_db
def test_a_draft_from_before_a_field_was_added_is_the_same_draft(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    revision = item.save_revision()
    revision.publish()
    item.refresh_from_db()
    loaded = object_digest(item)
    del revision.content["author"]
    revision.save()
    item.refresh_from_db()
    assert object_digest(item) == loaded
    item.author = "Somebody"
    item.save_revision()
    assert object_digest(item) != loaded
