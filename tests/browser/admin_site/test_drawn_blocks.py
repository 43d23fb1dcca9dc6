"""What is drawn is edited by keyboard alone: its words change, and a row is added."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.blocks import StreamValue

from home.models import TextPage
from tests.browser import admin
from tests.contracts.stock import EXAMPLE_DIAGRAM
from tests.factories import SiteTree, UserFactory

# Presses of the Tab key at most from the title of the page to the first box of the block, and from box to box in it.
STEPS_TO_BLOCK = 30
STEPS_WITHIN = 20
ENTRY = {"date": "2004", "text": "An example.", "source": ""}

OpenBlock = Callable[[str, Any, str], None]


@pytest.fixture
def saved(site_tree: SiteTree) -> Callable[[], StreamValue]:
    """Reads the body of the page that is edited, as the newest draft has it."""
    return lambda: TextPage.objects.get(pk=site_tree.about.pk).get_latest_revision_as_object().body


@pytest.fixture
def open_block(page: Page, site_tree: SiteTree, settings: Any) -> OpenBlock:
    """Opens a page with a block in the admin, with autosave off, and goes to a box of the block by Tab."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    admin.sign_in(page, UserFactory(role="Managing editor"))

    def open_one(kind: str, value: Any, box: str) -> None:
        site_tree.about.body = [(kind, value)]
        site_tree.about.save_revision().publish()
        page.goto(f"/admin/pages/{site_tree.about.pk}/edit/")
        first = page.locator(f"[name=body-0-value-{box}]")
        expect(first).to_be_visible()
        page.locator("[name=title]").focus()
        assert admin.steps_to(page, first, at_most=STEPS_TO_BLOCK)

    return open_one


def type_over(window: Page, words: str) -> None:
    window.keyboard.press("Control+a")
    window.keyboard.type(words)


def save(window: Page) -> None:
    window.keyboard.press("Control+s")
    admin.expect_message(window, "updated")


def test_a_diagram_is_edited_without_a_mouse(
    page: Page, open_block: OpenBlock, saved: Callable[[], StreamValue]
) -> None:
    open_block("diagram", EXAMPLE_DIAGRAM, "title")
    type_over(page, "The call-in")
    assert admin.steps_to(page, page.locator("[name=body-0-value-who-1-value]"), at_most=STEPS_WITHIN)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("title", "Add")
    page.keyboard.press("Enter")
    expect(page.locator("[name=body-0-value-who-2-value]")).to_be_focused()
    page.keyboard.type("Community members")
    assert admin.steps_to(page, page.locator("[name=body-0-value-step]"), at_most=STEPS_WITHIN)
    save(page)
    diagram = saved()[0].value
    assert diagram["title"] == "The call-in"
    assert list(diagram["who"]) == ["Some", "Others", "Community members"]
    assert diagram["step"] == EXAMPLE_DIAGRAM["step"]


def test_a_timeline_is_edited_without_a_mouse(
    page: Page, open_block: OpenBlock, saved: Callable[[], StreamValue]
) -> None:
    open_block("timeline", {"entries": [ENTRY, ENTRY]}, "entries-0-value-date")
    type_over(page, "mid-1990s")
    assert admin.steps_to(page, page.locator("[name=body-0-value-entries-1-value-text]"), at_most=STEPS_WITHIN)
    type_over(page, "It goes on.")
    save(page)
    entries = [(entry["date"], entry["text"]) for entry in saved()[0].value["entries"]]
    assert entries == [("mid-1990s", "An example."), ("2004", "It goes on.")]


def test_counts_before_and_after_are_edited_without_a_mouse(
    page: Page, open_block: OpenBlock, saved: Callable[[], StreamValue]
) -> None:
    counts = {"outcome": "murders", "before": 126, "before_period": "2012", "after": 74, "after_period": "2017"}
    open_block("before_after", counts | {"place": None, "source": "Gazette"}, "outcome")
    type_over(page, "robberies")
    assert admin.steps_to(page, page.locator("[name=body-0-value-after]"), at_most=STEPS_WITHIN)
    type_over(page, "63")
    save(page)
    value = saved()[0].value
    assert (value["outcome"], value["before"], value["after"]) == ("robberies", 126, 63)
