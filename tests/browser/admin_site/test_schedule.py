"""The schedule by keyboard alone, a go-live with its receipt, and the publish button that follows the date typed."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from site_core.publishing.eastern import written_out
from site_core.publishing.management.commands.run_publishing import Runner
from site_core.publishing.runner.due import publish_due
from site_core.settings.environment import SiteURL
from tests import factories
from tests.browser import admin


def tab_to(window: Page, name: str, what: str = "textContent") -> None:
    """Press Tab until the focus stands on what is called that."""
    for _ in range(80):
        window.keyboard.press("Tab")
        if window.evaluate(f"(document.activeElement.{what} || '').trim()").startswith(name):
            return
    raise AssertionError(f"No Tab leads to “{name}”.")


def test_a_go_live_is_moved_by_keyboard_alone_and_happens_then(page: Page, site_tree: Any) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Planned headline", scheduled=True)
    admin.sign_in(page, factories.UserFactory(role="Editor"))
    page.goto("/admin/schedule/")
    tab_to(page, "Move Planned headline")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose another time")).to_be_visible()
    tab_to(page, "at_day", "name")
    page.keyboard.type("1/7/2127")
    tab_to(page, "at_hour", "name")
    page.keyboard.type("0900AM")
    page.keyboard.press("Enter")
    admin.expect_message(page, "now goes live on Tue., Jan. 7, 2127, 9:00 a.m. ET")

    tab_to(page, "Publish now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/now/")
    tab_to(page, "Publish now")
    page.keyboard.press("Enter")
    admin.expect_message(page, "“Planned headline” is public.")
    item.refresh_from_db()
    assert item.live
    assert not publish_due(timezone.now() + timedelta(days=2)).done


def look_until_there(window: Page, address: str, what: Locator) -> None:
    """Open an address again and again, as somebody who waits does."""
    for _ in range(40):
        window.goto(address)
        if what.is_visible():
            return
        window.wait_for_timeout(250)
    expect(what).to_be_visible()


def schedule_by_the_form(window: Page, item: Any, go_live_at: datetime) -> None:
    window.goto(f"/admin/pages/{item.pk}/edit/")
    set_go_live(window, go_live_at)
    admin.choose_action(window, f"Schedule for {written_out(go_live_at)}")
    admin.expect_message(window, f"is scheduled for {written_out(go_live_at)}")


def set_go_live(window: Page, go_live_at: datetime | None) -> None:
    window.get_by_role("tab", name="Schedule").click()
    window.get_by_label("Goes live").fill(f"{go_live_at:%Y-%m-%d}" if go_live_at else "")
    window.get_by_label("Time", exact=True).first.fill(f"{go_live_at:%H:%M}" if go_live_at else "")


@pytest.fixture
def publishing(live_server: Any, settings: Any, one_clock: None) -> Iterator[None]:
    """The publishing process is at work beside the server, and looks at the site through it as a visitor does."""
    port = urlsplit(live_server.url).port or 80
    settings.VERIFICATION_URL = SiteURL(live_server.url, "127.0.0.1", port, False)
    stopping = Signal()

    def run() -> None:
        Runner(stopping).run()
        connections.close_all()

    process = Thread(target=run)
    process.start()
    yield
    stopping.set()
    process.join()


def test_what_is_scheduled_goes_live_and_the_receipt_says_so(
    page: Page, open_window: Callable[..., Page], site_tree: Any, settings: Any, publishing: None
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Planned headline", draft=True)
    visitor = open_window()
    admin.sign_in(page, factories.UserFactory(role="Editor"))
    # Far enough ahead to be typed and sent before it comes.
    at = (timezone.localtime() + timedelta(minutes=2)).replace(second=0, microsecond=0)
    schedule_by_the_form(page, item, at)
    answer = visitor.goto(item.get_url())
    assert answer
    assert answer.status == 404

    with time_machine.travel(at - timedelta(seconds=1)):
        look_until_there(visitor, item.get_url(), visitor.get_by_role("heading", name="Planned headline"))
        clock = f"{at.hour % 12 or 12}:{at:%M}"
        receipt = re.compile(rf"^Due {clock}:00, public {clock}:[\d.]+, confirmed on the public site {clock}:[\d.]+$")
        row = page.get_by_role("row", name="Planned headline")
        look_until_there(page, "/admin/schedule/?state=done", row.get_by_text(receipt))


def test_the_button_follows_the_date_that_is_typed(page: Page, site_tree: Any) -> None:
    alert = factories.AlertFactory(draft=True)
    admin.sign_in(page, factories.UserFactory(role="Editor"))
    page.goto(f"/admin/snippets/organization/alert/edit/{alert.pk}/")
    label = page.locator("[data-admin-schedule]")
    expect(label).to_have_text("Publish")
    page.get_by_label("Goes live").fill("2127-01-07")
    page.get_by_label("Time", exact=True).first.fill("09:00")
    expect(label).to_have_text("Schedule for Tue., Jan. 7, 2127, 9:00 a.m. ET")
    page.get_by_label("Goes live").fill("2020-01-07")
    expect(label).to_have_text("Publish")


def test_scheduling_an_update_after_a_go_live_keeps_the_page_public(
    page: Page, open_window: Callable[..., Page], site_tree: Any, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Old headline", draft=True)
    admin.sign_in(page, factories.UserFactory(role="Editor"))
    go_live_at = (timezone.localtime() + timedelta(days=1)).replace(second=0, microsecond=0)
    schedule_by_the_form(page, item, go_live_at)
    page.goto(f"/admin/pages/{item.pk}/edit/")
    page.locator("[name=title]").fill("New headline")
    set_go_live(page, None)
    page.get_by_role("button", name="Save draft").click()
    admin.expect_message(page, "has been updated")
    publish_due(go_live_at)

    next_month = go_live_at + timedelta(days=30)
    schedule_by_the_form(page, item, next_month)

    answer = open_window().goto(item.get_url())
    assert answer
    assert answer.status == 200
    assert "Old headline" in answer.text()
    assert "New headline" not in answer.text()
