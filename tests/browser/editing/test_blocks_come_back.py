"""A block or a row deleted or moved by mistake comes back, in a real browser."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from home.models import TextPage
from impact.models import ImpactStat
from tests.browser import admin
from tests.factories import EvidenceFactory, ImpactStatFactory, SiteTree, TextPageFactory, UserFactory

BODY = [("heading", "First"), ("heading", "Second"), ("heading", "Third")]


def headings(page: Page) -> Locator:
    return page.locator("[data-contentpath=body] input[type=text]:visible")


def expect_order(page: Page, *words: str) -> None:
    expect(headings(page)).to_have_count(len(words))
    for position, word in enumerate(words):
        expect(headings(page).nth(position)).to_have_value(word)


def press(page: Page, action: str, position: int) -> None:
    page.locator("[data-streamfield-child]:visible").nth(position).get_by_title(action, exact=True).press("Enter")


def test_blocks_come_back_to_their_places_with_what_was_typed(page: Page, site_tree: SiteTree, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    text_page = TextPageFactory(parent=site_tree.home, body=BODY)
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/pages/{text_page.pk}/edit/")
    headings(page).nth(1).fill("Second, as typed")

    press(page, "Delete", 1)
    expect(page.get_by_text("Deleted. Undo", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Deleted.")).to_have_count(1)
    press(page, "Move up", 1)
    expect_order(page, "Third", "First")
    press(page, "Delete", 1)
    expect_order(page, "Third")

    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect_order(page, "First", "Third")
    page.get_by_role("button", name="Undo", exact=True).press("Enter")
    expect_order(page, "First", "Second, as typed", "Third")
    expect(page.get_by_text("Deleted. Undo")).to_have_count(0)
    # In a box, Ctrl+Z takes back what was typed there and nothing else.
    press(page, "Move down", 0)
    headings(page).nth(0).focus()
    page.keyboard.press("Control+z")
    expect(headings(page).nth(1)).to_have_value("First")

    page.get_by_role("button", name="Save draft").click()
    admin.expect_message(page, "has been updated")
    draft = TextPage.objects.get(pk=text_page.pk).get_latest_revision_as_object()
    assert sorted(block.value for block in draft.body)[1:] in (["Second, as typed", "Third"], ["Second", "Third"])


def test_a_row_comes_back_also_after_it_was_saved_away(page: Page, site_tree: SiteTree) -> None:
    stat = ImpactStatFactory()
    EvidenceFactory.create_batch(2, stat=stat)
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/snippets/impact/impactstat/edit/{stat.pk}/")
    rows = page.locator("#id_evidence-FORMS > [data-inline-panel-child]:visible")
    before = rows.count()
    rows.first.get_by_title("Delete", exact=True).click()
    expect(rows).to_have_count(before - 1)
    wait_for_rows(page, stat, before - 1)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(rows).to_have_count(before)
    wait_for_rows(page, stat, before)


def wait_for_rows(page: Page, stat: ImpactStat, number: int) -> None:
    """Until autosave has that many rows in the draft."""
    for _ in range(50):
        draft = ImpactStat.objects.get(pk=stat.pk).get_latest_revision_as_object()
        if draft.evidence.count() == number:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"The draft does not have {number} rows.")
