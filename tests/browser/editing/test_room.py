"""What people reach without looking for it: with a phone, with the keyboard, on a narrow screen."""

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import admin
from tests.factories import NewsItemPageFactory, SiteTree, TextPageFactory, UserFactory

pytestmark = pytest.mark.sweep

PHONE: ViewportSize = {"width": 390, "height": 844}
TABS_TO_APPROVE = 12
# The controls of the form below “Collapse all” (or “Expand all”), wherever the form is scrolled to.
COVERED = """() => {
  const button = document.querySelector(".w-minimap__collapse-all--floating");
  if (!button || !button.getClientRects().length) return [];
  const form = document.querySelector("[data-edit-form]"), covered = [];
  const spans = (element) => element.getBoundingClientRect();
  for (const control of form.querySelectorAll("input, textarea, button, h2, h3, [contenteditable]")) {
    if (control.getClientRects().length && spans(control).right > spans(button).left) covered.push(control.outerHTML);
  }
  return covered;
}"""


def test_collapse_all_covers_nothing_of_the_form(page: Page, site_tree: SiteTree) -> None:
    blocks = [("heading", "One"), ("heading", "Two")]
    text_page = TextPageFactory(parent=site_tree.home, title="A title that is rather long " * 4, body=blocks)
    admin.sign_in(page, UserFactory(role="Author"))
    seen = set()
    for width in (390, 800, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/admin/pages/{text_page.pk}/edit/")
        expect(page.locator(".w-minimap__collapse-all")).not_to_have_count(0)
        seen.add(page.locator(".w-minimap__collapse-all--floating").is_visible())
        assert page.evaluate(COVERED) == [], width
    assert seen == {True, False}
    admin.open_preview(page)
    assert page.evaluate(COVERED) == []


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)
    return page


def test_on_a_phone_the_save_bar_is_in_reach_and_titles_have_the_row(phone: Page, site_tree: SiteTree) -> None:
    title = "A headline of a length that the newspapers of New York are fond of"
    item = NewsItemPageFactory(parent=site_tree.news, title=title)
    admin.sign_in(phone, UserFactory(role="Editor"))
    phone.goto(f"/admin/pages/{item.pk}/edit/")
    expect(phone.get_by_role("button", name="Save draft")).to_be_in_viewport()
    admin.choose_action(phone, "Publish")
    admin.expect_message(phone, "has been published")
    for path in (f"/admin/pages/{site_tree.news.pk}/", "/admin/news_items/"):
        phone.goto(path)
        cell = phone.locator("td.title").filter(has_text=title)
        box = cell.bounding_box()
        assert box
        assert box["width"] >= PHONE["width"] * 0.75
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_review_is_approved_by_keyboard_in_few_steps(page: Page, site_tree: SiteTree, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    author = UserFactory(role="Author")
    item = NewsItemPageFactory(parent=site_tree.news, title="To be approved", draft=True, owner=author)
    item.get_latest_revision() or item.save_revision(user=author)
    site_tree.home.get_workflow().start(item, author)
    admin.sign_in(page, UserFactory(role="Editor"))
    page.goto("/admin/")

    def by_keyboard(link: Any) -> int:
        # A script gives skip links their focus.
        admin.wait_for_controller(page, "w-focus")
        steps = admin.steps_to(page, link, at_most=TABS_TO_APPROVE)
        assert steps
        leads_within = (link.get_attribute("href") or "").startswith("#")
        page.keyboard.press("Enter")
        if leads_within:
            expect(link).not_to_be_focused()
        return steps

    steps = by_keyboard(page.get_by_role("link", name="Skip to main content"))
    steps += by_keyboard(page.get_by_role("link", name="Skip to what you can approve"))
    steps += by_keyboard(page.get_by_role("link", name="To be approved", exact=True))
    page.wait_for_url("**/review/**")
    steps += by_keyboard(page.get_by_role("link", name="Skip to main content"))
    steps += by_keyboard(page.get_by_role("link", name="Skip to your decision"))
    steps += by_keyboard(page.get_by_role("button", name="Approve and publish now"))
    admin.expect_message(page, "To be approved")
    assert steps <= TABS_TO_APPROVE
