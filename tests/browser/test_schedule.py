"""The schedule by keyboard alone, and the publish button that follows the date while it is typed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.browser import desk


def tab_to(window: Page, name: str, what: str = "textContent") -> None:
    """Press Tab until the focus stands on what is called that."""
    for _ in range(80):
        window.keyboard.press("Tab")
        if window.evaluate(f"(document.activeElement.{what} || '').trim()").startswith(name):
            return
    raise AssertionError(f"No Tab leads to “{name}”.")


def test_a_go_live_is_moved_by_keyboard_alone_and_happens_then(page: Page, site_tree: Any) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Planned headline", scheduled=True)
    desk.log_in(page, factories.UserFactory(role="Editor"))
    page.goto("/admin/schedule/")
    tab_to(page, "Move Planned headline")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Planned headline")).to_be_visible()
    tab_to(page, "moment_day", "name")
    page.keyboard.type("01072127")
    tab_to(page, "moment_hour", "name")
    page.keyboard.type("0900AM")
    page.keyboard.press("Enter")
    desk.expect_message(page, "now goes live on Tue 7 Jan 2127, 9:00 a.m. ET")

    tab_to(page, "Publish now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/now/")
    tab_to(page, "Publish now")
    page.keyboard.press("Enter")
    desk.expect_message(page, "“Planned headline” is public.")
    item.refresh_from_db()
    assert item.live
    assert not publish_due(timezone.now() + timedelta(days=2)).done


def test_the_button_follows_the_date_that_is_typed(page: Page, site_tree: Any) -> None:
    alert = factories.AlertFactory(draft=True)
    desk.log_in(page, factories.UserFactory(role="Editor"))
    page.goto(f"/admin/snippets/site_core/alert/edit/{alert.pk}/")
    label = page.locator("[data-desk-schedule]")
    expect(label).to_have_text("Publish")
    page.get_by_label("Goes live").fill("2127-01-07")
    page.get_by_label("Time", exact=True).first.fill("09:00")
    expect(label).to_have_text("Schedule for Tue 7 Jan 2127, 9:00 a.m. ET")
    page.get_by_label("Goes live").fill("2020-01-07")
    expect(label).to_have_text("Publish")
