"""A page store in front of the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_core.page_cache.store.page_store import PageStore
from tests import factories
from tests.page_cache.trials.asking import Counting, in_this_transaction, store_in


@pytest.fixture
def django_site(site_tree: factories.SiteTree) -> Iterator[Counting]:
    """The site itself, counting its renderings."""
    with in_this_transaction():
        yield Counting()


@pytest.fixture
def store(django_site: Counting, tmp_path: Path) -> PageStore:
    return store_in(tmp_path, django_site)
