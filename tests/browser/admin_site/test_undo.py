"""What was published by mistake is taken back, and a deleted subtree comes back, in a real browser."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from home.models import TextPage
from tests.browser import admin
from tests.factories import NewsItemPageFactory, SiteTree, TextPageFactory, UserFactory

OLD, NEW = "The right words.", "Words that were not meant to be public."


def test_a_mistake_is_taken_back_and_the_draft_kept(page: Page, site_tree: SiteTree, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    item = NewsItemPageFactory(parent=site_tree.news, summary=OLD)
    address = item.get_url()
    admin.sign_in(page, UserFactory(role="Editor"))
    page.goto(f"/admin/pages/{item.pk}/edit/")
    page.get_by_label("Summary").fill(NEW)
    admin.choose_action(page, "Publish")
    admin.expect_message(page, "has been published")

    page.get_by_role("link", name="Undo", exact=True).click()
    expect(page.get_by_text("The newest draft is kept")).to_be_visible()
    page.get_by_role("button", name="Restore the previous public version").click()
    admin.expect_message(page, "is public again")
    expect(page.get_by_role("row", name=re.compile("Restored by undo"))).to_be_visible()

    page.goto(address)
    expect(page.get_by_text(OLD)).to_be_visible()
    page.goto(f"/admin/pages/{item.pk}/edit/")
    expect(page.get_by_label("Summary")).to_have_value(NEW)


def test_a_deleted_subtree_is_put_back(page: Page, site_tree: SiteTree) -> None:
    top = TextPageFactory(parent=site_tree.home, title="Example guide", slug="guide")
    TextPageFactory(parent=TextPage.objects.get(pk=top.pk), title="Example chapter", slug="chapter")
    admin.sign_in(page, UserFactory(role="Managing editor"))
    page.goto(f"/admin/pages/{top.pk}/delete/")
    page.get_by_role("button", name="Move to trash").click()
    admin.expect_message(page, "is in the trash")
    gone = page.goto("/guide/chapter/")
    assert gone
    assert gone.status == 404

    page.goto("/admin/trash/")
    page.get_by_role("link", name="Restore “Example guide”").click()
    page.get_by_role("button", name="Restore").click()
    admin.expect_message(page, "It is public again")
    page.goto("/guide/chapter/")
    expect(page.get_by_role("heading", name="Example chapter")).to_be_visible()
