"""What the journeys share: a person at each width and without a mouse, signing in, and the counts for the table."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import admin
from tests.browser.journeys.person import Person, WithKeyboard, WithMouse
from tests.browser.journeys.table import KEYBOARD, Row
from tests.factories import UserFactory

WIDTHS = {"1440 px": 1440, "390 px": 390, KEYBOARD: 1440}


@pytest.fixture(params=[way if way == "1440 px" else pytest.param(way, marks=pytest.mark.sweep) for way in WIDTHS])
def person(request: pytest.FixtureRequest, page: Page, settings: Any) -> Person:
    """Somebody at a wide screen, at a narrow one, and at a wide one without a mouse."""
    # What is stored, the person stored.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page.set_viewport_size({"width": WIDTHS[request.param], "height": 900})
    return (WithKeyboard if request.param == KEYBOARD else WithMouse)(page)


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
