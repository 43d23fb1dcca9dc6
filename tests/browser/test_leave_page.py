"""“Leave this page” in a real browser: by click, by the Shift key, and where no script runs."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from site_core.organization.crisis_help import CrisisHelpSettings
from tests import factories


@pytest.fixture
def sensitive(page: Page, site_tree: factories.SiteTree, live_server: Any) -> str:
    """The address of a page about violence by a partner. The search page stands for the neutral one."""
    care = CrisisHelpSettings.load()
    care.leave_url = f"{live_server.url}/search/"
    line = {"name": "Example line", "number": "000-000-0001", "hours": "", "checked_on": None}
    care.help_lines = [("help_line", line)]
    care.save()
    term = factories.StrategyTermFactory(concerns_partner_violence=True)
    return str(factories.StrategyPageFactory(parent=site_tree.strategies, term=term).url)


def arrive(window: Page, address: str) -> None:
    """By way of the home page, so that there is something to go back to."""
    window.goto("/")
    window.goto(address)
    expect(window.locator(".leave-keys")).to_be_visible()


def expect_to_have_left(window: Page, address: str) -> None:
    """This tab shows the neutral page, and Back leads past where it was."""
    expect(window).to_have_url("/search/")
    window.go_back()
    expect(window).to_have_url("/")
    window.go_forward()
    expect(window).to_have_url("/search/")


def press_shift(window: Page, times: int) -> None:
    for _ in range(times):
        window.keyboard.press("Shift")


def test_a_click_opens_the_neutral_page_twice_and_takes_this_one_out_of_the_way_back(
    page: Page, sensitive: str
) -> None:
    arrive(page, sensitive)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Leave this page").click()
    expect(opened.value).to_have_url("/search/")
    assert opened.value.evaluate("[window.opener, document.referrer]") == [None, ""]
    expect_to_have_left(page, sensitive)
    assert page.evaluate("document.referrer") == ""


def test_shift_three_times_leaves_too(page: Page, sensitive: str) -> None:
    arrive(page, sensitive)
    with page.context.expect_page() as opened:
        press_shift(page, 3)
    expect(opened.value).to_have_url("/search/")
    expect_to_have_left(page, sensitive)


def test_fewer_presses_others_between_them_slow_ones_and_typing_leave_nothing(page: Page, sensitive: str) -> None:
    arrive(page, sensitive)
    press_shift(page, 2)
    page.keyboard.press("Tab")
    press_shift(page, 2)
    page.keyboard.press("a")
    page.get_by_role("search").first.get_by_label("Search").focus()
    press_shift(page, 3)
    page.get_by_role("heading", level=1).click()
    page.keyboard.down("Shift")
    page.keyboard.down("Shift")
    page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    expect(page).to_have_url(sensitive)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_presses_that_take_longer_than_five_seconds_leave_nothing(page: Page, sensitive: str) -> None:
    arrive(page, sensitive)
    press_shift(page, 2)
    page.wait_for_timeout(5_100)
    press_shift(page, 1)
    expect(page).to_have_url(sensitive)
    press_shift(page, 2)
    expect_to_have_left(page, sensitive)


def test_it_is_the_first_stop_after_the_skip_link(page: Page, sensitive: str) -> None:
    arrive(page, sensitive)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave this page")).to_be_focused()
    page.keyboard.press("Enter")
    expect_to_have_left(page, sensitive)


def test_without_scripts_it_is_a_plain_link_and_the_shift_key_is_not_spoken_of(
    page: Page, sensitive: str, open_window: Callable[..., Page]
) -> None:
    window = open_window(java_script_enabled=False)
    window.goto(sensitive)
    expect(window.get_by_text("It does not erase your browser’s history")).to_be_visible()
    expect(window.locator(".leave-keys")).to_be_hidden()
    window.get_by_role("link", name="Leave this page").click()
    expect(window).to_have_url("/search/")


def test_on_a_phone_the_shift_key_is_not_spoken_of(
    page: Page, sensitive: str, open_window: Callable[..., Page]
) -> None:
    window = open_window(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    window.goto(sensitive)
    expect(window.get_by_role("link", name="Leave this page")).to_be_visible()
    expect(window.locator(".leave-keys")).not_to_have_attribute("hidden", "")
    expect(window.locator(".leave-keys")).to_be_hidden()


def test_other_pages_have_none_of_it_and_do_not_load_its_script(page: Page, sensitive: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/", "/news/", "/strategies/"):
        page.goto(address)
        expect(page.get_by_role("link", name="Leave this page")).to_have_count(0)
    assert not [address for address in asked if "leave" in address]
