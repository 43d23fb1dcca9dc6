"""An Editor reviews what came back and schedules it, in a real browser, in a few clicks and on a phone as well."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from news.models import NewsItemPage
from site_core.publishing.eastern import EASTERN
from tests.browser import admin
from tests.factories import NewsItemPageFactory, SiteTree, UserFactory

MOST_CLICKS = 5
NOTE = "Say which city it was."


def sent_back_and_sent_again(site_tree: SiteTree) -> NewsItemPage:
    author, editor = UserFactory(role="Author"), UserFactory(role="Editor")
    item = NewsItemPageFactory(parent=site_tree.news, draft=True, summary="First words.")
    item.save_revision(user=author)
    item.get_workflow().start(item, author)
    item.current_workflow_task_state.reject(user=editor, comment=NOTE)
    item = NewsItemPage.objects.get(pk=item.pk)
    item.summary = "Second words."
    item.save_revision(user=author)
    item.current_workflow_state.resume(author)
    return item


@pytest.mark.parametrize("width", [1440, 390])
def test_an_editor_reviews_and_schedules(page: Page, site_tree: SiteTree, width: int) -> None:
    item = sent_back_and_sent_again(site_tree)
    page.set_viewport_size({"width": width, "height": 900})
    admin.log_in(page, UserFactory(role="Editor"))
    clicks = 0

    def click(goal: Locator) -> None:
        nonlocal clicks
        goal.click()
        clicks += 1

    click(page.get_by_role("link", name=item.title, exact=True))
    expect(page.get_by_text(NOTE)).to_be_visible()
    since = page.get_by_role("region", name="What changed since it was sent back")
    expect(since.locator("span.deletion")).to_have_text("First")
    expect(since.locator("span.addition")).to_have_text("Second")

    day = (timezone.now().astimezone(EASTERN) + timedelta(days=3)).date()
    box = page.get_by_label("Goes live")
    click(box)
    page.keyboard.type(f"{day:%-m/%-d/%Y}")
    click(page.get_by_role("button", name="Approve and schedule"))
    expect(page.get_by_text("Enter the time, too")).to_be_visible()
    expect(box).to_have_value(f"{day:%-m/%-d/%Y}")
    page.get_by_label("Time", exact=True).fill("09:00")
    click(page.get_by_role("button", name="Approve and schedule"))
    admin.expect_message(page, "It is scheduled for")

    assert clicks <= MOST_CLICKS
    assert NewsItemPage.objects.get(pk=item.pk).scheduled_revision
