"""What the journeys share: one machine's windows, signing in without the form, and the counts for the table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import admin
from tests.browser.journeys.person import Person, WithKeyboard, WithMouse
from tests.browser.journeys.table import KEYBOARD, Row
from tests.conftest import FAILED, WAIT_MILLISECONDS, note_violation
from tests.factories import UserFactory

WIDTHS = {"1440 px": 1440, "390 px": 390, KEYBOARD: 1440}


@pytest.fixture(scope="session")
def machine(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """Its windows share a cache: what one has loaded of scripts and styles, the next need not load."""
    context = browser.new_context(base_url=live_server.url, locale="en-US", timezone_id="America/New_York")
    context.set_default_timeout(WAIT_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture(params=WIDTHS)
def person(request: pytest.FixtureRequest, machine: BrowserContext, settings: Any, tmp_path: Path) -> Iterator[Person]:
    """Somebody at a wide screen, at a narrow one, and at a wide one without a mouse."""
    # What is stored, the person stored.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    window = machine.new_page()
    window.set_viewport_size({"width": WIDTHS[request.param], "height": 900})
    violations: list[str] = []
    window.on("console", lambda message: note_violation(message, violations))
    yield (WithKeyboard if request.param == KEYBOARD else WithMouse)(window)
    if request.node.stash.get(FAILED, False):
        window.screenshot(path=tmp_path / "failure.png", full_page=True)
    window.evaluate("localStorage.clear()")
    window.close()
    machine.clear_cookies()
    assert violations == []


@pytest.fixture
def sign_in(person: Person) -> Callable[[str], Any]:
    """Signs the person in under a role, and opens the admin's home. Returns their account."""

    def sign_in_as(role: str) -> Any:
        user = UserFactory(role=role)
        admin.sign_in(person.window, user)
        person.window.goto("/admin/")
        return user

    return sign_in_as


@pytest.fixture
def arrived(request: pytest.FixtureRequest, person: Person) -> Callable[..., None]:
    """Call it at the end of a journey with its limits: the clicks and, where they matter, all keys of somebody with a
    mouse, and the keys that are no text of somebody without one.
    """

    def record(task: str, *, clicks: int, moves: int, keys: int | None = None) -> None:
        way = request.node.callspec.params["person"]
        row = Row(task, way, person.clicks, person.keys, person.moves, clicks, keys, moves)
        request.node.user_properties.append(row.as_property())
        assert row.faults == []

    return record
