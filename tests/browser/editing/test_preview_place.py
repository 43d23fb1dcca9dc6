"""The preview shows the place that is being edited, in the panel and in a tab of its own."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import admin
from tests.factories import SiteTree, TextPageFactory, UserFactory

NUMBER = 40


def test_the_preview_opens_at_the_block_that_was_edited_and_follows(
    page: Page, site_tree: SiteTree, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    body = [("heading", f"Heading {number}.") for number in range(NUMBER)]
    text_page = TextPageFactory(parent=site_tree.home, body=body)
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/pages/{text_page.pk}/edit/")
    headings = page.locator("[data-contentpath=body] input[type=text]")
    headings.nth(NUMBER - 5).fill("The heading that was edited")
    admin.open_preview(page)
    preview = admin.preview(page)
    expect(preview.get_by_role("heading", name="The heading that was edited")).to_be_in_viewport()
    headings.nth(1).focus()
    expect(preview.get_by_role("heading", name="Heading 1.")).to_be_in_viewport()
    # What is shown is not moved while it is typed into.
    headings.nth(1).fill("The second heading")
    expect(preview.get_by_role("heading", name="The second heading")).to_be_in_viewport()
    headings.nth(NUMBER - 5).focus()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    expect(opened.value.get_by_role("heading", name="The heading that was edited")).to_be_in_viewport()
    # This time the tab is there already.
    headings.nth(NUMBER - 2).fill("The heading that was edited next")
    page.get_by_role("link", name="Preview in new tab").click()
    expect(opened.value.get_by_role("heading", name="The heading that was edited next")).to_be_in_viewport()
