"""A page on paper: a brief of two sheets, a news item of one. It says where it stands and when it was printed."""

import re

from playwright.sync_api import Page, expect

BRIEFS = (
    "/strategies/group-violence-intervention/",
    "/strategies/intimate-partner-violence-intervention/",
    "/strategies/drug-market-intervention/",
    "/impact/high-point-drug-offenses/",
    "/news/taking-aim-at-gun-violence-with-personal-deterrence/",
)
MOST_PAGES = 2


def test_a_brief_prints_on_two_pages_or_fewer(page: Page, content: None) -> None:
    for address in BRIEFS:
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => null)")
        sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))
        most = 1 if address.startswith("/news/") else MOST_PAGES
        assert 1 <= sheets <= most, f"{address} prints on {sheets} pages."


def test_paper_says_where_the_page_stands_and_when_it_was_printed(page: Page, content: None) -> None:
    page.goto(BRIEFS[0])
    foot = page.locator(".printed")
    expect(foot).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text(BRIEFS[0])
    expect(foot).to_contain_text("Last updated")
    expect(foot).to_contain_text(re.compile(r"Printed \w+\.? \d+, \d{4}"))
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_on_paper_figures_keep_their_weight_and_nothing_is_colored(page: Page, content: None) -> None:
    page.goto(BRIEFS[0])
    page.emulate_media(media="print")
    weights = page.locator("main .numeral").evaluate_all("all => all.map((one) => getComputedStyle(one).fontWeight)")
    assert set(weights) == {"700", "400", "320"}
    colors = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((one) => one.checkVisibility())"
        ".map((one) => getComputedStyle(one).color)"
    )
    assert set(colors) <= {"rgb(0, 0, 0)", "rgb(34, 34, 34)"}
