"""What could not go live is found in the admin's home, mended and made public, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Revision

from news.models import NewsItemPage, Publisher
from site_core.publishing.runner.due import publish_due
from tests.browser import admin
from tests.factories import NewsItemPageFactory, PublisherFactory, SiteTree, UserFactory

HEADLINE = "A headline that waits"
REASON = "It refers to something that no longer exists: publisher (Publisher)."
OLD, NEW = "What the summary says now.", "What it was to say by now."


@pytest.fixture
def editor(page: Page) -> Page:
    return page


@pytest.fixture
def visitor(open_window: Callable[..., Page]) -> Page:
    return open_window()


@pytest.fixture
def item(site_tree: SiteTree) -> NewsItemPage:
    """Public, with an update that cannot go live: its publisher was removed after it had been scheduled."""
    made: NewsItemPage = NewsItemPageFactory(parent=site_tree.news, title=HEADLINE, summary=OLD, publisher=None)
    newer = made.get_latest_revision_as_object()
    newer.summary, newer.publisher = NEW, PublisherFactory(name="Example Gazette")
    fall_due(newer.save_revision())
    Publisher.objects.filter(name="Example Gazette").delete()
    publish_due(timezone.now())
    return made


def fall_due(revision: Revision) -> None:
    """As if it had been scheduled for a minute ago."""
    due = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": due.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due, content=content)


def red_panel(window: Page) -> Locator:
    return window.get_by_role("region", name="Not published as scheduled")


def test_a_failed_go_live_is_mended_and_public(editor: Page, visitor: Page, item: NewsItemPage) -> None:
    """With autosave on, as it is at every admin."""
    PublisherFactory(name="Sample Herald")
    expect_public(visitor, item, OLD)
    admin.sign_in(editor, UserFactory(role="Editor"))
    editor.goto("/admin/")
    expect(red_panel(editor)).to_contain_text("was supposed to go live on")
    expect(red_panel(editor)).to_contain_text(REASON)
    red_panel(editor).get_by_role("link", name=HEADLINE).click()

    admin.expect_message(editor, REASON)
    admin.expect_message(editor, "What you see and edit here is that update. Fix it here and publish it.")
    expect(editor.get_by_label("Summary")).to_have_value(NEW)
    editor.get_by_label("Publisher").fill("sample herald")
    admin.choose_action(editor, "Publish")
    admin.expect_message(editor, f"“{HEADLINE}” is public.")
    expect_public(visitor, item, NEW)
    expect(visitor.get_by_role("main")).to_contain_text("Sample Herald")

    editor.goto("/admin/")
    expect(editor.get_by_role("heading", name="Site summary")).to_be_visible()
    expect(red_panel(editor)).to_have_count(0)


def test_what_was_mended_elsewhere_is_tried_from_the_home(editor: Page, visitor: Page, item: NewsItemPage) -> None:
    admin.sign_in(editor, UserFactory(role="Editor"))
    editor.goto("/admin/")
    try_now = red_panel(editor).get_by_role("button", name=f"Try “{HEADLINE}” now")
    try_now.click()
    admin.expect_message(editor, f"“{HEADLINE}” still could not go live. {REASON}")
    expect(editor.get_by_role("button", name="Go to the first error")).to_have_count(0)
    expect_public(visitor, item, OLD)

    # Somebody puts the publisher back, with the number it had.
    update = item.revisions.get(approved_go_live_at__isnull=False)
    PublisherFactory(pk=update.content["publisher"], name="Example Gazette")
    try_now.click()
    admin.expect_message(editor, f"Done: “{HEADLINE}” is public now.")
    expect(red_panel(editor)).to_have_count(0)
    expect_public(visitor, item, NEW)


def expect_public(visitor: Page, item: NewsItemPage, summary: str) -> None:
    visitor.goto(item.get_url())
    expect(visitor.get_by_role("main")).to_contain_text(summary)


def test_an_approval_says_for_when_it_schedules(editor: Page, site_tree: SiteTree, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    item = NewsItemPageFactory(parent=site_tree.news, title=HEADLINE, draft=True)
    author = UserFactory(role="Author")
    draft = item.get_latest_revision_as_object()
    draft.save_revision(user=author)
    item.get_workflow().start(item, author)
    admin.sign_in(editor, UserFactory(role="Managing editor"))
    editor.goto(f"/admin/pages/{item.pk}/edit/")
    actions = editor.get_by_role("button", name="More actions")
    actions.click()
    expect(editor.get_by_role("button", name="Approve and Publish", exact=True)).to_be_visible()
    actions.click()

    editor.get_by_role("tab", name="Schedule").click()
    editor.get_by_label("Goes live").fill("2127-01-07")
    editor.get_by_label("Time", exact=True).first.fill("09:00")
    when = "Tue., Jan. 7, 2127, 9:00 a.m. ET"
    actions.click()
    expect(editor.get_by_role("button", name=f"Approve and schedule for {when}", exact=True)).to_be_visible()
    actions.click()
    editor.get_by_role("button", name="Save draft", exact=True).click()
    admin.expect_message(editor, "This date isn’t scheduled yet. It takes effect once an editor schedules it.")

    admin.choose_action(editor, f"Approve with a note and schedule for {when}")
    dialog = editor.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=f"Approve with a note and schedule for {when}")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()

    admin.choose_action(editor, f"Schedule for {when}")
    expect(dialog).to_contain_text(f"it is scheduled for {when}, and the review ends")
    dialog.get_by_role("button", name=f"Schedule for {when}").click()
    admin.expect_message(editor, f"“{HEADLINE}” is scheduled for {when}.")
