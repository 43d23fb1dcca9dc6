"""The search box in a real browser: by keyboard, with suggestions, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from home.search.unanswered import MIN_TIMES
from tests import factories
from tests.browser.admin import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("content")]


def test_names_are_offered_while_somebody_types_and_enter_leads_to_the_result(page: Page) -> None:
    page.goto("/search/")
    field = page.get_by_role("search", name="This page").get_by_label("Search")
    field.press_sequentially("ceasef")
    options = page.locator("#page-search-suggestions option")
    expect(options.first).to_have_attribute("value", "Ceasefire")
    field.press("Enter")
    expect(page).to_have_url("/search/?q=ceasef")
    expect(page.locator(".search-result h3").first).to_have_text("Group Violence Intervention")


def test_the_header_of_every_page_offers_the_same(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/about/")
    field = page.get_by_role("search", name="Site").get_by_label("Search")
    field.press_sequentially("oakl")
    expect(page.locator("#site-search-suggestions option").first).to_have_attribute("value", "Oakland")
    field.fill("o")
    expect(page.locator("#site-search-suggestions option")).to_have_count(0)


def test_a_misspelled_search_is_corrected_and_the_box_keeps_what_was_typed(page: Page) -> None:
    page.goto("/search/?q=intimate+partnr")
    expect(page.locator(".search-result h3").first).to_have_text("Intimate Partner Violence Intervention")
    expect(page.locator("#page-search")).to_have_value("intimate partnr")
    page.get_by_role("link", name="intimate partner", exact=True).click()
    expect(page.locator("#page-search")).to_have_value("intimate partner")


def test_everything_works_without_scripts(open_window: Callable[..., Page]) -> None:
    window = open_window(java_script_enabled=False)
    window.goto("/search/")
    window.locator("#page-search").fill("gvi")
    window.locator("#page-search").press("Enter")
    expect(window.locator(".search-result h3").first).to_have_text("Group Violence Intervention")


def test_an_editor_reads_what_visitors_looked_for_in_vain(page: Page, open_window: Callable[..., Page]) -> None:
    for _ in range(MIN_TIMES):
        page.goto("/search/")
        page.locator("#page-search").fill("call-in video zzzz")
        page.locator("#page-search").press("Enter")
        expect(page.locator("main h2").first).to_be_visible()
    admin = open_window()
    sign_in(admin, factories.UserFactory(role="Editor"))
    admin.goto("/admin/reports/searches-without-result/")
    expect(admin.get_by_role("cell", name="call-in video zzzz")).to_be_visible()
