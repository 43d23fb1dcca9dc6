"""What people do in the admin, in the words of its screens."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.factories import PASSWORD


def sign_in(window: Page, person: Any) -> None:
    """Without the form, which costs two more pages, and without opening any. Tests about signing in use `log_in`."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    window.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}]
    )


def log_in(window: Page, person: Any) -> None:
    """Through the form, to the admin's home."""
    window.goto("/admin/")
    window.get_by_label("Email").fill(person.email)
    window.locator("input[name=password]").fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("heading", name="Site summary")).to_be_visible()


def tag_box(window: Page, cluster: str) -> Locator:
    return window.get_by_role("textbox", name=cluster, exact=True)


def tags(window: Page, field: str) -> Locator:
    """The tags that stand in the box of a field."""
    return window.locator(f"[data-contentpath={field}] .tagit-label")


def preview(window: Page) -> FrameLocator:
    """What the preview panel shows, which stands in a new frame after each change."""
    return window.frame_locator("#w-preview-iframe")


def open_preview(window: Page) -> None:
    window.get_by_role("button", name="Toggle preview").click()


def preview_as(window: Page, mode: str) -> None:
    # A choice made while the panel still exchanges one frame for another is lost on it.
    expect(window.get_by_title("Preview", exact=True)).to_have_count(1)
    window.get_by_label("Preview mode").select_option(mode)


def choose_action(window: Page, name: str) -> None:
    """One of the actions beside “Save draft”."""
    window.get_by_role("button", name="More actions").click()
    window.get_by_role("button", name=name, exact=True).click()


def expect_message(window: Page, text: str) -> None:
    """The admin says what it did."""
    expect(window.get_by_role("status").filter(has_text=text).first).to_be_visible()


def wait_for_controller(window: Page, name: str) -> None:
    """Until Wagtail's scripts run and have given the elements of this controller what they do."""
    window.wait_for_function(
        "name => window.wagtail?.app?.controllers.some(controller => controller.identifier === name)", arg=name
    )


def steps_to(window: Page, goal: Locator, at_most: int) -> int:
    """How often Tab is pressed until the goal has the focus; 0 where that takes more than `at_most`."""
    for number in range(1, at_most + 1):
        window.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            return number
    return 0
