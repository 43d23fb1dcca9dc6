"""A deployment to look at. Everything that uses one is marked `deploy`."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.deploy.prepared_site import PreparedSite, prepared_site
from tests.deploy.running_deployment import Deployment, running_deployment
from tests.mail.mail_server import MailServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "deploy" in item.path.relative_to(settings.BASE_DIR).parts:
            item.add_marker("deploy")


@pytest.fixture(scope="session")
def prepared() -> Iterator[PreparedSite]:
    with prepared_site() as site:
        yield site


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    """The one to which `deployment` sends its mail."""
    with MailServer() as server:
        yield server


@pytest.fixture(scope="session")
def deployment(prepared: PreparedSite, mail_server: MailServer) -> Iterator[Deployment]:
    """One machine with two web processes, running. Whoever takes a part away brings it back."""
    with running_deployment(prepared, EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}") as running:
        yield running
