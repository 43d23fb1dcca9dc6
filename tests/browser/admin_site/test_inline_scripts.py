"""The screens with inline scripts work under the admin's policy. The fixture `page` fails if it stops one of them."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from impact.stats import ImpactStat
from tests.browser import admin
from tests.factories import ImpactStatFactory, SiteImageFactory, SiteTree, StudyFactory, UserFactory


def test_rows_and_choosers_of_wagtail_work(page: Page, site_tree: SiteTree) -> None:
    study = StudyFactory()
    stat = ImpactStatFactory()
    admin.sign_in(page, UserFactory(role="Administrator"))

    # A new row, a chooser in it, and a dialog that comes with a later response.
    page.goto(reverse(ImpactStat.snippet_viewset.get_url_name("edit"), args=[stat.pk]))
    row = stat.evidence.count()
    page.locator("#id_evidence-ADD").click()
    chooser = page.locator(f"#id_evidence-{row}-study-chooser")
    chooser.get_by_role("button").first.click()
    page.locator(".modal").get_by_role("link", name=str(study)).first.click()
    expect(chooser).to_contain_text(str(study))
    # The button that opened the dialog is gone.
    expect(chooser.get_by_role("button", name="Actions")).to_be_focused()
    page.keyboard.press("Enter")
    chooser.get_by_role("button", name="Choose another").press("Enter")
    page.get_by_role("tab", name="New study").click()
    dialog = page.locator(".modal")
    dialog.get_by_label("DOI, BibTeX or RIS").fill("TY  - JOUR\nAU  - Example, Ann\nPY  - 2015\nER  - ")
    dialog.get_by_role("button", name="Fill in from the citation").press("Enter")
    expect(dialog.get_by_label("Short name")).to_have_value("Example 2015")
    expect(dialog.get_by_label("DOI, BibTeX or RIS")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(chooser.get_by_role("button", name="Actions")).to_be_focused()

    page.goto(reverse("wagtailadmin_reports:site_history"))
    expect(page.locator("[name=timestamp_from]")).to_be_attached()

    page.goto(reverse("wagtailsearchpromotions:add"))
    page.locator("[id^=id_][id$=-ADD]").click()
    page.locator("[id$='-0-page-chooser']").get_by_role("button").first.click()
    expect(page.locator(".modal")).to_be_visible()

    image = SiteImageFactory()
    page.goto(reverse("wagtailimages:edit", args=[image.pk]))
    place = page.locator(".jcrop-tracker").last.bounding_box()
    assert place
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    page.mouse.down()
    page.mouse.move(place["x"] + 80, place["y"] + 60)
    page.mouse.up()
    expect(page.locator("input.focal_point_x")).to_have_value(re.compile(r"^\d+$"))
