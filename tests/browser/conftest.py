"""What the journeys share: windows of other people beside the first."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.contexts import Contexts
from tests.chromium import WAIT_MILLISECONDS
from tests.databases import Databases

# What is expected has as long to come as what is clicked.
expect.set_options(timeout=WAIT_MILLISECONDS)


@pytest.fixture
def open_window(contexts: Contexts, page: Page) -> Iterator[Callable[..., Page]]:
    """Opens windows that know nothing of each other, as on other people's machines."""
    borrowed: list[BrowserContext] = []
    own: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        context = contexts.new(**options) if options else contexts.borrow()
        (own if options else borrowed).append(context)
        return context.new_page()

    yield open_one
    for context in own:
        context.close()
    for context in borrowed:
        contexts.give_back(context)


@pytest.fixture
def every_page(page: Page, databases: Databases) -> dict[str, str]:
    """The path of every page that a visitor can see, by its name."""
    paths: dict[str, str] = databases.made["every_page"]
    return paths


@pytest.fixture
def two_places(page: Page, databases: Databases) -> str:
    """The path of a list of 24 news items: half from Boston, half from Oakland, all but one opinion."""
    return str(databases.made["two_places"])


@pytest.fixture
def content(page: Page, loaded: None) -> None:
    """The organization's own content, where the live server sees it."""
