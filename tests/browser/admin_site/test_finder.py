"""A stat is found from anywhere in the admin with two keys and its words, without a mouse."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from impact.stats import ImpactStat
from tests.browser import admin
from tests.factories import ImpactStatFactory, PlaceTermFactory, SiteTree, UserFactory


def test_a_stat_is_found_and_opened_by_keyboard_and_escape_leads_back(page: Page, site_tree: SiteTree) -> None:
    place = PlaceTermFactory(name="Oakland")
    stats = [ImpactStatFactory(place=place, outcome=outcome) for outcome in ("gun homicides", "shootings")]
    admin.log_in(page, UserFactory(role="Author"))
    dialog, box = page.get_by_role("dialog", name="Search the admin"), page.get_by_role("combobox")

    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("xylophone")
    expect(dialog.get_by_text("Nothing is called “xylophone.”")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    # The sidebar's search opens the same box, with what is typed there.
    page.keyboard.press("/")
    expect(page.locator("#menu-search-q")).to_be_focused()
    page.keyboard.type("oakland")
    expect(box).to_have_value("oakland")
    options = dialog.get_by_role("group", name="Impact stats").get_by_role("option")
    expect(options).to_have_count(2)
    first = box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", str(first))
    expect(dialog.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")

    # Two keys: one that opens the box, one that opens what it found. Enter waits for the answer.
    page.keyboard.press("Control+k")
    page.keyboard.type("gun homicides")
    page.keyboard.press("Enter")
    edit = reverse(ImpactStat.snippet_viewset.get_url_name("edit"), args=[stats[0].pk])
    expect(page).to_have_url(re.compile(re.escape(edit) + "$"))
