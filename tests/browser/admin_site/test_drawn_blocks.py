"""A diagram is edited by keyboard alone: its words change, and somebody more takes part."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.models import TextPage
from tests.browser import admin
from tests.contracts.stock import EXAMPLE_DIAGRAM
from tests.factories import SiteTree, TextPageFactory, UserFactory

# Presses of the Tab key at most from the title of the page to that of the block, and from box to box within it.
STEPS_TO_BLOCK = 30
STEPS_WITHIN = 16


@pytest.fixture
def edited(page: Page, site_tree: SiteTree, settings: Any) -> TextPage:
    """A page with a diagram, open in the window of an author, with autosave off."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    text_page: TextPage = TextPageFactory(parent=site_tree.home, body=[("diagram", EXAMPLE_DIAGRAM)])
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/pages/{text_page.pk}/edit/")
    expect(page.locator("[name=body-0-value-title]")).to_be_visible()
    return text_page


def test_a_diagram_is_edited_without_a_mouse(page: Page, edited: TextPage) -> None:
    page.locator("[name=title]").focus()
    assert admin.steps_to(page, page.locator("[name=body-0-value-title]"), at_most=STEPS_TO_BLOCK)
    page.keyboard.press("Control+a")
    page.keyboard.type("The call-in")
    last = page.locator("[name=body-0-value-who-1-value]")
    assert admin.steps_to(page, last, at_most=STEPS_WITHIN)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("title", "Add")
    page.keyboard.press("Enter")
    expect(page.locator("[name=body-0-value-who-2-value]")).to_be_focused()
    page.keyboard.type("Community members")
    assert admin.steps_to(page, page.locator("[name=body-0-value-step]"), at_most=STEPS_WITHIN)
    page.keyboard.press("Control+s")
    admin.expect_message(page, "updated")
    diagram = TextPage.objects.get(pk=edited.pk).get_latest_revision_as_object().body[0].value
    assert diagram["title"] == "The call-in"
    assert list(diagram["who"]) == ["Some", "Others", "Community members"]
    assert diagram["step"] == EXAMPLE_DIAGRAM["step"]
