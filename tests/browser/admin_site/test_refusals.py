"""What keeps a page from going live leads to its box, in a real browser."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import admin
from tests.factories import SiteTree, UserFactory


def test_a_line_of_the_list_opens_the_tab_of_its_box(page: Page, site_tree: SiteTree, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    admin.sign_in(page, UserFactory(role="Editor"))
    page.goto(f"/admin/pages/{site_tree.about.pk}/edit/")
    page.get_by_role("tab", name="Promote").click()
    page.get_by_label("Web address ending").fill("search")
    page.get_by_role("tab", name="Content").click()
    admin.choose_action(page, "Publish")
    admin.expect_message(page, "This can’t be published yet.")
    page.get_by_role("tab", name="Content").click()
    expect(page.get_by_label("Web address ending")).not_to_be_visible()
    page.get_by_role("link", name="Web address ending", exact=True).click()
    expect(page.get_by_label("Web address ending")).to_be_in_viewport()
    expect(page.get_by_label("Web address ending")).to_be_focused()
