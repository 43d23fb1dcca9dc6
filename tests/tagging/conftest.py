"""A site whose tags are in every kind of use, made once for each module."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from tests.factories import SiteTree
from tests.shared_database import kept_for_the_module
from tests.tagging.tagged_site import TaggedSite, tagged_site


@pytest.fixture(scope="module")
def site_of_the_module(tree_of_the_module: SiteTree, django_db_blocker: Any) -> Iterator[TaggedSite]:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            made = tagged_site(tree_of_the_module)
        yield made


@pytest.fixture
def site(site_of_the_module: TaggedSite, db: None) -> TaggedSite:
    """Everything read anew for each test."""
    made = {field.name: getattr(site_of_the_module, field.name) for field in fields(TaggedSite)}
    return TaggedSite(**{name: type(obj)._base_manager.get(pk=obj.pk) for name, obj in made.items()})
