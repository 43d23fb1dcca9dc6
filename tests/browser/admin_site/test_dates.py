"""A date stays as it was typed, whatever key follows, and the words beside it say what will be stored."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from impact.stats import ImpactStat
from news.models import NewsItemPage
from site_core.organization.models import CrisisHelpSettings
from tests.browser import admin
from tests.factories import EvidenceFactory, NewsItemPageFactory, SiteTree, UserFactory

pytestmark = pytest.mark.sweep

SPELLINGS = ["03/15/2027", "3/15/27", "March 15, 2027", "Mar. 15, 2027", "2027-03-15", "15 March 2027"]
UNDERSTOOD = "Mon., March 15, 2027"


def words_beside(box: Locator) -> Locator:
    return box.locator("xpath=ancestor::typed-date/output")


def leave(page: Page, box: Locator, how: str) -> None:
    if how == "click":
        page.get_by_role("heading", name="Correction", exact=True).click()
    else:
        box.press(how)


@pytest.fixture
def stat(site_tree: SiteTree) -> ImpactStat:
    return EvidenceFactory().stat


@pytest.fixture
def form(page: Page, stat: ImpactStat, settings: object) -> Page:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # type: ignore[attr-defined]
    admin.sign_in(page, UserFactory(role="Managing editor"))
    page.goto(reverse(ImpactStat.snippet_viewset.get_url_name("edit"), args=[stat.pk]))
    return page


def test_each_spelling_is_understood_and_left_as_it_is(form: Page, stat: ImpactStat) -> None:
    address = form.url
    compared = form.locator("#id_compared_on")
    for box in (form.get_by_label("Next check due"), compared):
        for spelling in SPELLINGS:
            for how in ("Tab", "Enter", "click"):
                box.fill("")
                box.press_sequentially(spelling)
                leave(form, box, how)
                expect(words_beside(box)).to_have_text(UNDERSTOOD)
                expect(box).to_have_value(spelling)
    assert form.url == address
    compared.fill("3/14/27")
    form.get_by_label("Next check due").fill("Mar. 15, 2027")
    form.get_by_role("button", name="Save draft").click()
    admin.expect_message(form, "updated")
    expect(form.get_by_label("Next check due")).to_have_value("March 15, 2027")
    stat.refresh_from_db()
    saved = stat.get_latest_revision_as_object()
    assert (saved.compared_on, saved.next_due) == (date(2027, 3, 14), date(2027, 3, 15))
    expect(words_beside(form.get_by_label("Next check due"))).to_have_text(UNDERSTOOD)


def test_what_is_no_date_is_refused_and_an_unusual_year_is_asked_about_once(form: Page, stat: ImpactStat) -> None:
    box = form.get_by_label("Next check due")
    box.fill("2/30/2027")
    expect(words_beside(box)).to_have_text("There is no February 30, 2027. Check the day.")
    form.get_by_role("button", name="Save draft").click()
    expect(form.locator(".w-field__errors").filter(has_text="no February 30")).to_be_visible()
    expect(box).to_have_value("2/30/2027")
    box.fill("3/15/2107")
    expect(words_beside(box)).to_contain_text("2107 is more than 10 years ahead")
    form.get_by_role("button", name="Save draft").click()
    expect(form.locator(".w-field__errors").filter(has_text="If that is right, save again")).to_be_visible()
    form.get_by_role("button", name="Save draft").click()
    expect(box).to_have_value("March 15, 2107")
    stat.refresh_from_db()
    assert stat.get_latest_revision_as_object().next_due == date(2107, 3, 15)


def test_a_new_row_a_block_a_partial_date_and_a_filter_have_the_same_box(form: Page, site_tree: SiteTree) -> None:
    form.locator("#id_ratings-ADD").click()
    box = form.locator("#id_ratings-0-date")
    box.fill("3/15/27")
    expect(words_beside(box)).to_have_text(UNDERSTOOD)

    item = NewsItemPageFactory(parent=site_tree.news)
    form.goto(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    box = form.locator("#id_date")
    box.fill("Sept. 2019")
    expect(words_beside(box)).to_have_text("September 2019")
    form.get_by_role("button", name="Save draft").click()
    admin.expect_message(form, "updated")
    assert str(NewsItemPage.objects.get(pk=item.pk).get_latest_revision_as_object().date) == "September 2019"

    form.goto(reverse("wagtailadmin_reports:site_history"))
    form.get_by_role("button", name="Show filters").click()
    form.get_by_role("button", name="Date", exact=True).click()
    box = form.locator("[name=timestamp_from]")
    box.fill("Mar. 15, 2027")
    box.press("Tab")
    expect(box).to_have_value("Mar. 15, 2027")


def test_the_day_somebody_called_a_help_line_is_such_a_box(form: Page) -> None:
    organization = CrisisHelpSettings.load()
    organization.help_lines = [
        ("help_line", {"name": "A line", "number": "000-000-0000", "hours": "", "checked_on": None})
    ]
    organization.save()
    form.goto(reverse("wagtailsettings:edit", args=["organization", "crisishelpsettings", organization.pk]))
    box = form.locator("[name$=checked_on]")
    box.fill("March 15, 2027")
    expect(words_beside(box)).to_have_text(UNDERSTOOD)
    form.get_by_role("button", name="Save").click()
    admin.expect_message(form, "updated")
    expect(form.locator("[name$=checked_on]")).to_have_value("March 15, 2027")
    assert CrisisHelpSettings.load().help_lines[0].value["checked_on"] == date(2027, 3, 15)
