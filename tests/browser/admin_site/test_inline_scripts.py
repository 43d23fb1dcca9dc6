"""The screens with inline scripts work under the admin's policy. The fixture `page` fails if it stops one of them."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from impact.stats import ImpactStat
from tests.browser import admin
from tests.factories import ImpactStatFactory, SiteTree, StudyFactory, UserFactory


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

    page.goto(reverse("wagtailadmin_reports:site_history"))
    expect(page.locator("[name=timestamp_from]")).to_be_attached()

    page.goto(reverse("wagtailsearchpromotions:add"))
    page.locator("[id^=id_][id$=-ADD]").click()
    page.locator("[id$='-0-page-chooser']").get_by_role("button").first.click()
    expect(page.locator(".modal")).to_be_visible()
