"""One stocked site for all the tests of a module."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests import factories
from tests.contracts.stock import StockedSite
from tests.databases import Databases


@pytest.fixture(scope="module")
def stocked(databases: Databases) -> Iterator[StockedSite]:
    with databases.in_use("stocked"):
        yield databases.made["stocked"]


@pytest.fixture
def site(stocked: StockedSite, db: None) -> StockedSite:
    """A site with something of everything, and more news than one page of the list holds."""
    return stocked


@pytest.fixture
def editor_client() -> Client:
    """A managing editor in the admin."""
    client = Client()
    client.force_login(factories.UserFactory(role="Managing editor"))
    return client
