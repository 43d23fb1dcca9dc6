"""A small fix is published while an update is scheduled: neither is lost, and the editor decides what both change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from news.models import NewsItemPage
from site_core.publishing.runner.due import publish_due
from tests.browser import admin
from tests.factories import NewsItemPageFactory, SiteTree, UserFactory

NINE, NINE_WRITTEN = datetime(2127, 1, 7, 14, tzinfo=UTC), "Tue., Jan. 7, 2127, 9:00 a.m. ET"
HEADLINE, FIXED_HEADLINE = "A headline with a mistaek", "A headline without a mistake"
OLD, PLANNED, FIXED = "What the summary says now.", "What it says from January on.", "What it says in between."


@pytest.fixture
def item(site_tree: SiteTree) -> NewsItemPage:
    return NewsItemPageFactory(parent=site_tree.news, title=HEADLINE, summary=OLD)


@pytest.fixture
def editor(page: Page, item: NewsItemPage, settings: Any) -> Page:
    """The window of an editor who has scheduled an update of the summary."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    admin.sign_in(page, UserFactory(role="Editor"))
    page.goto(f"/admin/pages/{item.pk}/edit/")
    page.get_by_label("Summary").fill(PLANNED)
    page.get_by_role("tab", name="Schedule").click()
    page.get_by_label("Goes live").fill("2127-01-07")
    page.get_by_label("Time", exact=True).first.fill("09:00")
    admin.choose_action(page, f"Schedule for {NINE_WRITTEN}")
    admin.expect_message(page, f"is scheduled for {NINE_WRITTEN}")
    return page


@pytest.fixture
def visitor(open_window: Callable[..., Page]) -> Page:
    return open_window()


def test_the_fix_is_public_at_once_and_carried_into_the_update(
    editor: Page, visitor: Page, item: NewsItemPage
) -> None:
    publish_a_fix(editor, item, Headline=FIXED_HEADLINE)
    expect(editor.get_by_role("heading", name="What should happen to the scheduled update?")).to_be_visible()
    question = editor.get_by_role("main")
    expect(question).to_contain_text(f"is scheduled for {NINE_WRITTEN}")
    expect(question.get_by_role("definition").nth(0)).to_have_text("Headline")
    expect(question.get_by_role("definition").nth(1)).to_have_text("Summary")
    expect_public(visitor, item, HEADLINE, OLD)

    editor.get_by_role("button", name="Keep the schedule and carry your change into it").click()
    admin.expect_message(editor, "now includes it, too")
    expect_public(visitor, item, FIXED_HEADLINE, OLD)
    # What the editor sees next is the update, with the fix in it.
    admin.expect_message(editor, "What you see and edit here is that update.")
    expect(editor.get_by_label("Headline")).to_have_value(FIXED_HEADLINE)
    expect(editor.get_by_label("Summary")).to_have_value(PLANNED)

    go_live()
    expect_public(visitor, item, FIXED_HEADLINE, PLANNED)


@pytest.mark.sweep
@pytest.mark.parametrize(("choice", "stands"), [("Your change", FIXED), (f"The update of {NINE_WRITTEN}", PLANNED)])
def test_what_both_change_is_chosen_side_by_side(
    editor: Page, visitor: Page, item: NewsItemPage, choice: str, stands: str
) -> None:
    publish_a_fix(editor, item, Headline=FIXED_HEADLINE, Summary=FIXED)
    keep = editor.get_by_role("button", name="Keep the schedule and carry your change into it")
    versions = editor.get_by_role("group", name="Summary")
    for words in (OLD, FIXED, PLANNED):
        expect(versions.get_by_text(words)).to_be_visible()
    expect(editor.get_by_role("group", name="Headline")).to_have_count(0)

    keep.click()
    expect(editor.get_by_role("alert")).to_contain_text("Choose which version stands in the scheduled update")
    expect_public(visitor, item, HEADLINE, OLD)

    versions.get_by_role("radio", name=choice).check()
    keep.click()
    admin.expect_message(editor, "now includes it, too")
    expect_public(visitor, item, FIXED_HEADLINE, FIXED)

    go_live()
    expect_public(visitor, item, FIXED_HEADLINE, stands)


def test_what_was_published_meanwhile_is_not_taken_back_by_an_old_tab(
    editor: Page, open_window: Callable[..., Page], visitor: Page, item: NewsItemPage, settings: Any
) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000
    open_fix(editor, item)
    colleague = open_window()
    admin.sign_in(colleague, UserFactory(role="Editor"))
    publish_a_fix(colleague, item, Headline=FIXED_HEADLINE)
    colleague.get_by_role("button", name="Replace it: cancel the scheduled update").click()
    admin.expect_message(colleague, "is canceled")

    editor.get_by_label("Summary").fill(FIXED)
    # Wagtail tells of it, and would overwrite it all the same.
    expect(editor.get_by_role("button", name="saved a new version")).to_be_visible()
    admin.choose_action(editor, "Publish")
    editor.get_by_role("dialog").get_by_role("button", name="Publish").click()
    admin.expect_message(editor, "A newer version was published after you opened this form")
    expect(editor.get_by_label("Summary")).to_have_value(FIXED)
    expect_public(visitor, item, FIXED_HEADLINE, OLD)

    with editor.expect_popup() as opened:
        editor.get_by_role("link", name="what is public now").click()
    now = opened.value
    expect(now.get_by_label("Headline")).to_have_value(FIXED_HEADLINE)
    expect(now.get_by_label("Summary")).to_have_value(OLD)


def open_fix(editor: Page, item: NewsItemPage) -> None:
    editor.goto(f"/admin/pages/{item.pk}/edit/")
    admin.expect_message(editor, f"An update is scheduled for {NINE_WRITTEN}.")
    expect(editor.get_by_label("Summary")).to_have_value(PLANNED)
    editor.get_by_role("link", name="Fix what is public now").click()
    admin.expect_message(editor, "You see and edit what is public now.")
    expect(editor.get_by_label("Summary")).to_have_value(OLD)


def publish_a_fix(editor: Page, item: NewsItemPage, **typed: str) -> None:
    open_fix(editor, item)
    for label, words in typed.items():
        editor.get_by_label(label).fill(words)
    admin.choose_action(editor, "Publish")


def go_live() -> None:
    """What the publishing process does when its clock shows the time."""
    at = NINE + timedelta(seconds=1)
    with time_machine.travel(at, tick=False):
        assert len(publish_due(at).done) == 1


def expect_public(visitor: Page, item: NewsItemPage, headline: str, summary: str) -> None:
    visitor.goto(item.get_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text(headline)
    expect(visitor.get_by_role("main")).to_contain_text(summary)
