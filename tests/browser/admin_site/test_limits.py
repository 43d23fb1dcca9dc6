"""A limit is counted beside its box, nothing pasted is cut off, and the map of a place follows its coordinates."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from site_core.taxonomy.models import PlaceTerm
from tests.browser import admin
from tests.factories import ImpactStatFactory, PlaceTermFactory, SiteTree, UserFactory


def test_words_and_characters_are_counted_and_nothing_is_cut_off(
    page: Page, site_tree: SiteTree, settings: object
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # type: ignore[attr-defined]
    site_tree.home.body = [("mission", {"statement": "We help.", "aims": ["Help"]})]
    site_tree.home.save()
    admin.sign_in(page, UserFactory(role="Managing editor"))
    page.goto(reverse("wagtailadmin_pages:edit", args=[site_tree.home.pk]))
    box = page.locator("[name$=statement]")
    counter = box.locator("xpath=following-sibling::output")
    box.fill(" ".join(["word"] * 20))
    expect(counter).to_have_text("20 of 20 words")
    box.fill(" ".join(["word"] * 22))
    expect(counter).to_have_text("22 of 20 words: 2 too many")
    admin.choose_action(page, "Publish")
    expect(page.get_by_text("Use at most 20 words. These are 22.", exact=True)).to_be_visible()
    expect(box).to_have_value(" ".join(["word"] * 22))

    stat = ImpactStatFactory()
    page.goto(reverse("wagtailsnippets_impact_impactstat:edit", args=[stat.pk]))
    box = page.locator("[name=period]")
    counter = box.locator("xpath=following-sibling::output")
    box.focus()
    page.keyboard.insert_text("p" * 61)
    expect(box).to_have_value("p" * 61)
    expect(counter).to_have_text("61 of 60 characters: 1 too many")
    page.keyboard.press("Backspace")
    expect(counter).to_have_text("60 of 60 characters")
    page.keyboard.press("Tab")
    expect(counter).to_be_hidden()


def test_the_map_follows_the_coordinates(page: Page, site_tree: SiteTree) -> None:
    place = PlaceTermFactory(name="Example City", country="US", latitude="35.956", longitude="-80.005")
    admin.sign_in(page, UserFactory(role="Managing editor"))
    page.goto(reverse(PlaceTerm.snippet_viewset.get_url_name("edit"), args=[place.pk]))
    dot = page.locator("place-map circle")
    expect(dot).to_be_visible()
    before = dot.get_attribute("cx")
    page.get_by_label("Longitude").fill("-100.5")
    expect(dot).not_to_have_attribute("cx", str(before))
    page.get_by_label("Longitude").fill("80.005")
    expect(dot).to_have_count(0)
    expect(page.locator("place-map")).to_contain_text("In the United States the longitude is negative")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write -80.005.")).to_be_visible()
