"""The first journey: an item is written, previewed, reviewed, scheduled, goes live and is restored."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from news.models import NewsItemPage
from site_core.publishing.eastern import written_out
from site_core.publishing.runner.due import publish_due
from tests.browser import admin
from tests.factories import (
    ComponentTermFactory,
    InitiativeTermFactory,
    PlaceTermFactory,
    PublisherFactory,
    SiteTree,
    StrategyTermFactory,
    UserFactory,
)

HEADLINE = "An example of a headline"
FIRST_TEXT, SECOND_TEXT = "The first words.", "The second words."
ADDRESS = "/news/an-example-of-a-headline/"


@pytest.fixture
def vocabulary(site_tree: SiteTree) -> None:
    PublisherFactory(name="Example Gazette")
    PlaceTermFactory(name="High Example")
    PlaceTermFactory(name="Exampleburg")
    InitiativeTermFactory(name="Example Initiative")
    StrategyTermFactory(name="Example Group Intervention", aliases="EGI")
    ComponentTermFactory(name="Example Notification")


def test_from_the_first_draft_to_the_restored_version(
    page: Page, open_window: Callable[..., Page], vocabulary: None, settings: Any
) -> None:
    # Where the machine is slow, autosave would add versions between those that are compared here.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    author, editor, visitor = page, open_window(), open_window()

    admin.sign_in(author, UserFactory(role="Author"))
    author.goto("/admin/")
    write_item(author)
    look_at_previews(author)
    change_and_submit(author)

    admin.sign_in(editor, UserFactory(role="Editor"))
    compare_versions(editor)
    at = schedule_and_approve(editor)

    expect_nothing_public(visitor)
    look_at(at - timedelta(seconds=1))
    expect_nothing_public(visitor)
    look_at(at)
    expect_public(visitor, SECOND_TEXT)

    restore_first_version(editor)
    expect_public(visitor, FIRST_TEXT)


def write_item(author: Page) -> None:
    """Tags in all clusters: by suggestion, by another name, in the wrong case and in full."""
    author.get_by_role("link", name="New press mention").click()
    author.get_by_label("Headline").fill(HEADLINE)
    author.get_by_label("Publisher").fill("example gazette")
    author.get_by_role("textbox", name="Date").fill("April 2018")
    author.get_by_label("Summary").fill(FIRST_TEXT)
    admin.tag_box(author, "Places").press_sequentially("high")
    author.get_by_text("High Example", exact=True).click()
    admin.tag_box(author, "Initiatives").press_sequentially("Example Initiative,")
    admin.tag_box(author, "Strategies").press_sequentially("EGI,")
    admin.tag_box(author, "Components").press_sequentially("example NOTIFICATION,")
    author.get_by_role("button", name="Save draft").click()
    admin.expect_message(author, "created")
    for field, name in (
        ("places", "High Example"),
        ("initiatives", "Example Initiative"),
        ("strategies", "Example Group Intervention"),
        ("components", "Example Notification"),
    ):
        expect(admin.tags(author, field)).to_contain_text([name])


def look_at_previews(author: Page) -> None:
    admin.open_preview(author)
    preview = admin.preview(author)
    expect(preview.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    admin.preview_as(author, "Listing card")
    expect(preview.get_by_role("heading", level=1)).to_have_text("In a list")
    expect(preview.get_by_role("link", name=HEADLINE)).to_be_visible()
    for tag in ("High Example", "Example Initiative", "Example Group Intervention", "Example Notification"):
        expect(preview.get_by_role("link", name=tag)).to_be_visible()


def change_and_submit(author: Page) -> None:
    author.get_by_label("Summary").fill(SECOND_TEXT)
    admin.tag_box(author, "Places").press_sequentially("exampleburg,")
    admin.choose_action(author, "Send for review")
    admin.expect_message(author, "was sent for review")


def open_drafts(editor: Page) -> None:
    """The drafts of one sitting, in the history."""
    editor.get_by_text("Each draft").last.click()


def compare_versions(editor: Page) -> None:
    """From the admin's home, where the item waits for the editor."""
    editor.goto("/admin/")
    editor.get_by_role("region", name="To approve").get_by_role("link", name=HEADLINE).click()
    expect(editor.get_by_text("It is not public now. Approving makes all of it public.")).to_be_visible()
    editor.goto(f"/admin/pages/{NewsItemPage.objects.get().pk}/history/")
    open_drafts(editor)
    editor.get_by_role("link", name="Compare with previous version").first.click()
    expect(editor.get_by_role("heading", name=f"Compare: {HEADLINE}")).to_be_visible()
    changes = editor.get_by_role("table")
    summary = changes.get_by_role("row", name="Summary")
    expect(summary.locator(".deletion")).to_have_text("first")
    expect(summary.locator(".addition")).to_have_text("second")
    expect(changes.get_by_role("row", name="Places").locator(".addition")).to_have_text("Exampleburg")
    expect(changes.get_by_role("row")).to_have_count(3)
    editor.get_by_role("link", name="Edit", exact=True).click()


def schedule_and_approve(editor: Page) -> datetime:
    """For nine o'clock tomorrow on the clock in New York, which is the time given back."""
    at = (timezone.localtime() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    editor.get_by_role("tab", name="Schedule").click()
    go_live = editor.get_by_label("Goes live")
    expect(go_live).to_have_accessible_description("Eastern Time")
    go_live.fill(at.strftime("%Y-%m-%d"))
    editor.get_by_label("Time", exact=True).first.fill(at.strftime("%H:%M"))
    editor.get_by_role("button", name="Save draft", exact=True).click()
    admin.expect_message(editor, "This date isn’t scheduled yet. It takes effect once an editor schedules it.")
    written = written_out(at)
    admin.choose_action(editor, f"Approve and schedule for {written}")
    admin.expect_message(editor, "updated")
    approved = NewsItemPage.objects.get().revisions.filter(approved_go_live_at=at)
    assert approved.count() == 1
    return at


def look_at(at: datetime) -> None:
    """What the publishing process does when its clock shows the time."""
    with time_machine.travel(at, tick=False):
        publish_due(at)


def expect_nothing_public(visitor: Page) -> None:
    answer = visitor.goto(ADDRESS)
    assert answer and answer.status == 404
    visitor.goto("/news/")
    expect(visitor.get_by_role("main")).to_contain_text("No news is on record yet.")
    expect(visitor.get_by_role("link", name=HEADLINE)).to_have_count(0)


def expect_public(visitor: Page, text: str) -> None:
    visitor.goto("/news/")
    visitor.get_by_role("link", name=HEADLINE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(visitor.get_by_text(text)).to_be_visible()


def restore_first_version(editor: Page) -> None:
    editor.goto(f"/admin/pages/{NewsItemPage.objects.get().pk}/history/")
    open_drafts(editor)
    editor.get_by_role("link", name="Review this version").last.click()
    expect(editor.get_by_label("Summary")).to_have_value(FIRST_TEXT)
    admin.choose_action(editor, "Publish this version")
    admin.expect_message(editor, "published")
