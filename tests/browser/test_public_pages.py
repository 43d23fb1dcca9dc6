"""Every public page as visitors with different screens meet it."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.contracts.stock import stocked_site

NOT_FOUND = "/no-such-page/"
SCREENS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
SIDEWAYS_SCROLL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def addresses(page: Page) -> dict[str, str]:
    """Where each template is shown, by its name."""
    return stocked_site(news=3, figures=2).addresses | {"not found": NOT_FOUND}


def test_every_page_is_sound_on_every_screen(addresses: dict[str, str], open_window: Callable[..., Page]) -> None:
    """No sideways scroll, no error, no cookie, nothing from elsewhere, and nothing that axe finds."""
    problems: list[str] = []
    for width, scheme in SCREENS:
        window = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
        noticed = notice_errors_and_requests(window)
        for name, address in addresses.items():
            window.goto(address)
            found = [*noticed, *problems_of(window)]
            problems += [f"{name} at {width} pixels, {scheme}: {problem}" for problem in found]
            noticed.clear()
    assert problems == []


def notice_errors_and_requests(window: Page) -> list[str]:
    """A list that fills while the window loads pages."""
    noticed: list[str] = []

    def notice_message(message: ConsoleMessage) -> None:
        # Chromium says so of the page that is not found, as it should.
        if message.type == "error" and not message.location["url"].endswith(NOT_FOUND):
            noticed.append(f"console: {message.text}")

    def notice_request(request: Request) -> None:
        if not request.url.startswith((live_address, "data:")):
            noticed.append(f"asks {request.url}")

    live_address = host_of(window)
    window.on("console", notice_message)
    window.on("pageerror", lambda error: noticed.append(f"script: {error}"))
    window.on("request", notice_request)
    return noticed


def host_of(window: Page) -> str:
    window.goto("/")
    return str(window.evaluate("location.origin"))


def problems_of(window: Page) -> list[str]:
    """What is wrong with the page that the window shows, in words."""
    problems = []
    if scroll := window.evaluate(SIDEWAYS_SCROLL):
        problems.append(f"scrolls sideways by {scroll} pixels")
    if window.evaluate("document.cookie") or window.context.cookies():
        problems.append("sets a cookie")
    violations: list[dict[str, Any]] = Axe().run(window).response["violations"]
    problems += [
        f"axe: {violation['id']}: {node['target']} {node['html']}"
        for violation in violations
        for node in violation["nodes"]
    ]
    return problems


def test_every_page_says_the_same_without_javascript(
    addresses: dict[str, str], open_window: Callable[..., Page]
) -> None:
    with_it, without_it = open_window(), open_window(java_script_enabled=False)
    for address in addresses.values():
        with_it.goto(address)
        without_it.goto(address)
        text = with_it.get_by_role("main").inner_text()
        assert text
        expect(without_it.get_by_role("main")).to_have_text(text, use_inner_text=True)
