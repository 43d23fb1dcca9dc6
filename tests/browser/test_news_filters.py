"""The news list is narrowed by a form: without loading the page anew where scripts run, and just as well without."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from news.models import NewsIndexPage
from tests import factories

# Left in the window: whoever loads a page anew loses it.
MARK = "window.loadedOnce = true"


@pytest.fixture
def open_news(page: Page, two_places: str) -> Page:
    """The list in a window that notices when it is loaded anew."""
    page.goto(two_places)
    page.evaluate(MARK)
    return page


def facet(window: Page, label: str) -> Locator:
    return window.get_by_role("form", name="Filter the news").get_by_label(label, exact=True)


def options(window: Page, label: str) -> list[str]:
    return [text.strip() for text in facet(window, label).locator("option").all_text_contents()]


def was_loaded_anew(window: Page) -> bool:
    return not window.evaluate("window.loadedOnce")


def test_a_choice_changes_list_counts_title_and_address_without_loading_anew(open_news: Page, two_places: str) -> None:
    count = open_news.get_by_role("status")
    expect(count).to_have_text("24 items, page 1 of 2")
    facet(open_news, "Place").select_option("boston")
    expect(count).to_have_text("12 items")
    expect(open_news).to_have_url(re.compile(rf"{two_places}\?place=boston$"))
    expect(open_news).to_have_title(re.compile("Boston"))
    expect(open_news.get_by_role("heading", level=1)).to_have_text("News: Boston")
    expect(open_news.get_by_role("article")).to_have_count(12)
    expect(open_news.get_by_text("from Oakland")).to_have_count(0)
    assert options(open_news, "Type") == ["Any type", "Opinion (11)", "Podcast (1)"]
    expect(open_news.locator("link[rel=canonical]")).to_have_attribute("href", re.compile(r"\?place=boston$"))
    facet(open_news, "Type").select_option("podcast")
    expect(count).to_have_text("1 item")
    expect(open_news).to_have_url(re.compile(rf"{two_places}\?place=boston&type=podcast$"))
    assert not was_loaded_anew(open_news)


def test_the_focus_stays_and_what_is_left_is_said(open_news: Page) -> None:
    place = facet(open_news, "Place")
    place.focus()
    open_news.keyboard.type("Bos")
    expect(open_news.get_by_role("status")).to_have_text("12 items")
    expect(place).to_be_focused()
    expect(place).to_have_value("boston")


def test_back_and_forward_show_what_was_shown(open_news: Page, two_places: str) -> None:
    count = open_news.get_by_role("status")
    facet(open_news, "Place").select_option("boston")
    expect(count).to_have_text("12 items")
    facet(open_news, "Type").select_option("podcast")
    expect(count).to_have_text("1 item")
    open_news.go_back()
    expect(count).to_have_text("12 items")
    expect(facet(open_news, "Type")).to_have_value("")
    expect(facet(open_news, "Place")).to_have_value("boston")
    open_news.go_back()
    expect(count).to_have_text("24 items, page 1 of 2")
    open_news.go_forward()
    expect(count).to_have_text("12 items")
    expect(open_news).to_have_url(re.compile(rf"{two_places}\?place=boston$"))
    assert not was_loaded_anew(open_news)


def test_words_are_sent_with_enter_and_removed_again(open_news: Page, two_places: str) -> None:
    words = facet(open_news, "Keywords")
    words.fill("  podcast nothinglikeit ")
    words.press("Enter")
    expect(open_news.get_by_role("status")).to_have_text("No items")
    expect(open_news.get_by_text("No news matches these filters")).to_be_visible()
    words.fill("oakland")
    words.press("Enter")
    expect(open_news.get_by_role("status")).to_have_text("12 items")
    expect(open_news).to_have_url(re.compile(rf"{two_places}\?q=oakland$"))
    open_news.get_by_role("link", name="Remove “oakland”").click()
    expect(open_news.get_by_role("status")).to_have_text("24 items, page 1 of 2")
    expect(open_news.get_by_role("status")).to_be_focused()
    expect(words).to_have_value("")
    assert not was_loaded_anew(open_news)


def test_where_nothing_answers_one_filter_is_given_up(open_news: Page, two_places: str) -> None:
    open_news.goto(f"{two_places}?place=oakland&type=podcast")
    open_news.evaluate(MARK)
    open_news.get_by_role("link", name="Without Podcast").click()
    expect(open_news.get_by_role("status")).to_have_text("12 items")
    expect(facet(open_news, "Place")).to_have_value("oakland")
    assert not was_loaded_anew(open_news)


def test_only_the_last_of_quick_choices_counts(open_news: Page, two_places: str) -> None:
    def slow(route: Route) -> None:
        open_news.wait_for_timeout(500)
        route.continue_()

    open_news.route(re.compile(r"place=boston"), slow)
    place = facet(open_news, "Place")
    place.select_option("boston")
    place.select_option("oakland")
    expect(open_news).to_have_url(re.compile(rf"{two_places}\?place=oakland$"))
    open_news.wait_for_timeout(700)
    expect(open_news.get_by_role("heading", level=1)).to_have_text("News: Oakland")
    assert not was_loaded_anew(open_news)


def test_after_a_failure_the_page_is_loaded_as_without_scripts(open_news: Page, two_places: str) -> None:
    open_news.route(re.compile(r"place=boston"), lambda route: route.abort(), times=1)
    facet(open_news, "Place").select_option("boston")
    expect(open_news.get_by_role("status")).to_have_text("12 items")
    expect(open_news).to_have_url(re.compile(rf"{two_places}\?place=boston$"))
    assert was_loaded_anew(open_news)


def test_a_page_that_needs_the_way_out_is_loaded_whole(page: Page, two_places: str) -> None:
    term = factories.StrategyTermFactory(name="Example Care", concerns_partner_violence=True)
    item = factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), strategies=[term])
    page.goto(two_places)
    page.evaluate(MARK)
    facet(page, "Strategy").select_option(term.slug)
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    expect(page.get_by_role("link", name=item.title)).to_be_visible()
    assert was_loaded_anew(page)


def test_the_form_works_without_scripts_and_leads_to_a_clean_address(open_window: Any, two_places: str) -> None:
    window = open_window(java_script_enabled=False)
    window.goto(two_places)
    facet(window, "Place").select_option("boston")
    facet(window, "Keywords").fill("headline")
    window.get_by_role("button", name="Show items").click()
    expect(window).to_have_url(re.compile(rf"{two_places}\?place=boston&q=headline$"))
    expect(window.get_by_role("heading", level=1)).to_have_text("News: Boston, “headline”")
    window.get_by_role("link", name="Remove Boston").click()
    expect(window).to_have_url(re.compile(rf"{two_places}\?q=headline$"))


def test_on_a_phone_the_filters_are_folded_away(open_window: Any, two_places: str) -> None:
    window = open_window(viewport={"width": 360, "height": 740})
    window.goto(two_places)
    expect(facet(window, "Place")).not_to_be_visible()
    window.get_by_text("Filter the news").click()
    facet(window, "Place").select_option("oakland")
    expect(window.get_by_role("status")).to_have_text("12 items")
    expect(facet(window, "Place")).to_be_visible()


def test_a_facet_that_offers_nothing_comes_and_goes(open_news: Page) -> None:
    expect(facet(open_news, "Publisher")).to_be_visible()
    facet(open_news, "Place").select_option("oakland")
    expect(facet(open_news, "Publisher")).not_to_be_visible()
    facet(open_news, "Place").select_option("boston")
    expect(facet(open_news, "Publisher")).to_be_visible()
    assert options(open_news, "Publisher") == ["Any publisher", "Example Gazette (12)"]
