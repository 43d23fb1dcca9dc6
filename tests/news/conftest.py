"""An archive of news items, made once for each module that needs it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import SiteTree
from tests.factories.archive import news_archive
from tests.shared_database import kept_for_the_module

ARCHIVED_ITEMS = 2_000


@pytest.fixture(scope="module")
def archive(tree_of_the_module: SiteTree, django_db_blocker: Any) -> Iterator[None]:
    """Two thousand items."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            tree_of_the_module.news.refresh_from_db()
            news_archive(tree_of_the_module.news, ARCHIVED_ITEMS)
        yield
