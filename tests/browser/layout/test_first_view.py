"""The first view of a page and the space between its sections, with the content of the organization."""

from itertools import pairwise

from playwright.sync_api import FloatRect, Page, expect

IPVI = "/strategies/intimate-partner-violence-intervention/"


def box_of(window: Page, selector: str) -> FloatRect:
    found = window.locator(selector).first.bounding_box()
    assert found, selector
    return found


def end_of(window: Page, selector: str) -> float:
    box = box_of(window, selector)
    return box["y"] + box["height"]


def test_home_begins_with_the_mission_a_place_and_a_number_with_its_evidence(page: Page, content: None) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/")
    result = page.locator(".mission .result")
    for words in ("23%", "Chicago", "Same as the published study", "How we know"):
        expect(result).to_contain_text(words)
    assert end_of(page, ".mission .result") < 800
    page.set_viewport_size({"width": 360, "height": 740})
    assert end_of(page, "h1") < end_of(page, ".mission .source ul") < 740
    assert box_of(page, ".mission .result .numeral")["y"] < 740


def test_on_a_phone_the_table_alone_says_whole_sentences_and_the_chart_does_not(page: Page, content: None) -> None:
    page.goto("/impact/")
    drawn, told = page.locator(".chart-label .sentence").first, page.locator(".results .sentence").first
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(drawn).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(drawn).to_be_hidden()
    expect(told).to_be_visible()


def test_panes_are_no_emptier_than_their_words(page: Page, content: None) -> None:
    page.goto("/")
    for width, least in ((390, 0), (1280, 120)):
        page.set_viewport_size({"width": width, "height": 800})
        panes = page.locator(".principles li")
        heights = {round(height) for height in panes.evaluate_all("all => all.map((one) => one.offsetHeight)")}
        words = panes.evaluate_all("all => all.map((one) => one.firstElementChild.offsetHeight)")
        padding = panes.first.evaluate("one => 6 + 2 * parseFloat(getComputedStyle(one).paddingTop)")
        assert heights == {round(max(least + 3, max(words) + padding))}, width


def test_short_sections_are_48_pixels_apart_and_no_two_are_more_than_72(page: Page, content: None) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(IPVI)
    boxes = page.locator("main > section, main > .body").evaluate_all(
        "all => all.map((one) => [one.querySelector('h2').textContent, one.getBoundingClientRect().bottom,"
        " one.querySelector('h2').getBoundingClientRect().top])"
    )
    gaps = {name: top - bottom for (_, bottom, _), (name, _, top) in pairwise(boxes)}
    assert 40 < gaps["Results"] <= 50
    assert max(gaps.values()) <= 74, gaps
