"""The search of the admin opens from its key and from the sidebar, and Escape leads back."""

from playwright.sync_api import Page, expect

from tests.browser import admin
from tests.factories import ImpactStatFactory, PlaceTermFactory, SiteTree, UserFactory


def test_a_stat_is_found_by_keyboard_and_escape_leads_back(page: Page, site_tree: SiteTree) -> None:
    place = PlaceTermFactory(name="Oakland")
    ImpactStatFactory.create_batch(2, place=place)
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto("/admin/")
    dialog, box = page.get_by_role("dialog", name="Search the admin"), page.get_by_role("combobox")

    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("xylophone")
    expect(dialog.get_by_text("Nothing is called “xylophone.”")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    # The sidebar's search opens the same box, with what is typed there. Wagtail's shortcut waits for its scripts.
    in_sidebar = page.locator("#menu-search-q")
    page.wait_for_function("document.activeElement === document.body")
    admin.wait_for_controller(page, "w-kbd")
    page.keyboard.press("/")
    expect(in_sidebar).to_be_focused()
    page.keyboard.type("oakland")
    expect(box).to_have_value("oakland")
    options = dialog.get_by_role("group", name="Impact stats").get_by_role("option")
    expect(options).to_have_count(2)
    first = box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", str(first))
    expect(dialog.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
