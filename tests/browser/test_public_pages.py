"""Every public page is whole without scripts and asks for nothing but itself: no cookie, no other host, no error."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from site_core.feedback.models import Answer
from tests.browser.every_page import NOT_FOUND, WITHDRAWN

# Speaks of a key that does nothing where no script runs.
ONLY_WITH_SCRIPTS = ".leave-keys"


@pytest.mark.sweep
def test_every_page_says_the_same_without_scripts_and_asks_nobody_else(
    every_page: dict[str, str], open_window: Callable[..., Page], live_server: Any
) -> None:
    with_scripts, without_scripts = open_window(), open_window(java_script_enabled=False)
    noticed: list[str] = []
    for window in (with_scripts, without_scripts):
        notice(window, live_server.url, noticed)
    for address in every_page.values():
        with_scripts.goto(address)
        without_scripts.goto(address)
        with_scripts.locator("body").evaluate(
            "(body, selector) => body.querySelectorAll(selector).forEach(part => part.remove())", ONLY_WITH_SCRIPTS
        )
        text = with_scripts.locator("body").inner_text()
        assert text
        expect(without_scripts.locator("body")).to_have_text(text, use_inner_text=True)
        assert [*with_scripts.context.cookies(), *without_scripts.context.cookies()] == [], address
    assert noticed == []


def notice(window: Page, site: str, noticed: list[str]) -> None:
    """Fill the list, while the window loads pages, with errors and with what is asked of other hosts."""

    def notice_message(message: ConsoleMessage) -> None:
        # Chromium says so of the page that is not found, as it should.
        if message.type == "error" and not message.location["url"].endswith((NOT_FOUND, WITHDRAWN)):
            noticed.append(f"console: {message.text}")

    def notice_request(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:")):
            noticed.append(f"asks {request.url}")

    window.on("console", notice_message)
    window.on("pageerror", lambda error: noticed.append(f"script: {error}"))
    window.on("request", notice_request)


def test_the_home_page_is_set_in_the_faces_of_the_site(page: Page, live_server: Any, content: None) -> None:
    page.goto(f"{live_server.url}/")
    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter(face => face.status == 'loaded')"
        ".map(face => `${face.family.replaceAll('\"', '')} ${face.weight}`))"
    )
    assert {"NNSC Display normal", "NNSC Text normal", "NNSC Sans 400 600", "NNSC Numerals 200 900"} <= set(loaded)


def test_a_reader_says_by_keyboard_what_is_missing_without_scripts(
    every_page: dict[str, str], open_window: Callable[..., Page]
) -> None:
    window = open_window(java_script_enabled=False)
    window.goto(every_page["place"])
    window.get_by_role("radio", name="Yes").focus()
    window.keyboard.press("ArrowRight")
    window.keyboard.press("Tab")
    window.keyboard.type("The street")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Thank you")).to_be_visible()
    window.get_by_role("link", name="Back to the page").click()
    expect(window).to_have_url(re.compile(re.escape(every_page["place"])))
    answer = Answer.objects.get()
    assert (answer.path, answer.is_useful, answer.missing) == (every_page["place"], False, "The street")
    assert window.context.cookies() == []
