"""What contract tests share: one stocked site for all the tests of a module, and silence."""

import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from tests import factories
from tests.contracts.stock import StockedSite


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


@pytest.fixture
def quiet() -> Iterator[None]:
    """A refusal is logged with its traceback, which takes as long as the request."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
