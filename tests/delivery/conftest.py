"""A page store in front of the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from site_core.delivery.page_store import PageStore
from tests import factories
from tests.delivery.asking import Counting, store_in


@pytest.fixture
def django_site(site_tree: factories.SiteTree) -> Iterator[Counting]:
    """The site itself, which counts what it renders. It is asked in the transaction of the test, which stays open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Counting()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def store(django_site: Counting, tmp_path: Path) -> PageStore:
    return store_in(tmp_path, django_site)
