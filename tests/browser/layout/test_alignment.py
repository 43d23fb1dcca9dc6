"""Sources stand in one column, names and dates stay on one line, and forms have the colors of the page."""

from playwright.sync_api import Page

STRATEGY = "/strategies/group-violence-intervention/"
# Steps, a timeline, a form, evidence and news by year: each lays out its sources itself.
WITH_SOURCES = (STRATEGY, "/about/", "/news/", "/impact/lowell-gun-assaults/", "/places/pittsburgh/")
PAPER_IN_THE_DARK = "rgb(10, 26, 25)"


def test_every_source_begins_at_the_same_edge(page: Page, content: None) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in WITH_SOURCES:
        page.goto(path)
        edges = page.locator("main .pair > .source").evaluate_all(
            "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
        )
        assert len(edges) > 1
        assert len(set(edges)) == 1, (path, edges)


def test_places_and_dates_are_whole_on_a_phone(page: Page, content: None) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", STRATEGY, "/strategies/", "/search/?q=chicago"):
        page.goto(path)
        lines = page.locator("main .unbroken").evaluate_all("all => all.map((one) => one.getClientRects().length)")
        assert set(lines) == {1}, path


def test_the_question_whether_a_page_is_useful_is_one_form(page: Page, content: None) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.goto("/contact/")
    above, below = (page.locator(".useful .claim").nth(at).bounding_box() for at in (0, 1))
    assert above and below
    assert 0 < below["y"] - above["y"] - above["height"] <= 16
    choice = page.locator(".useful [type=radio]").first
    assert choice.evaluate("one => getComputedStyle(one).backgroundColor") == PAPER_IN_THE_DARK
