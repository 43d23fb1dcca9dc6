"""One stocked site for all the tests of a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.contracts.stock import StockedSite, stocked_site
from tests.shared_database import kept_for_the_module


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[StockedSite]:
    """A site with something of everything, and more news than one page of the list holds."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = stocked_site()
        yield stocked


@pytest.fixture
def editor_client() -> Client:
    """A managing editor in the admin."""
    client = Client()
    client.force_login(factories.UserFactory(role="Managing editor"))
    return client
