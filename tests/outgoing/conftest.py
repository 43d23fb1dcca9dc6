"""A web on this machine."""

from collections.abc import Iterator

import pytest

from tests.outgoing.web import Web, running_web


@pytest.fixture
def web() -> Iterator[Web]:
    with running_web() as running:
        yield running
