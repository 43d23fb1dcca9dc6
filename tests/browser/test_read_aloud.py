"""What a screen reader says of figures, charts and maps, and that no figure stands anywhere without its status."""

import pytest
from playwright.sync_api import Page, expect

from impact.models import ImpactStat
from impact.status import LABELS

pytestmark = pytest.mark.sweep

RANGE = "44 to 56 percent"
SENTENCE = "reduction in drug offenses in all four neighborhoods"
STATUS = "Source not confirmed. A study reports 31%"
# Each number with the words of what shows it: a figure of its own, a row of a table or a list. In the chart the mark
# says it, with its key above and the table below.
NUMBERS = ".numeral:not(.plain, .chart *), .history .claim, .withdrawn .claim"
WITH_WORDS_BESIDE = """numbers => numbers.map(number =>
  [number.innerText, number.closest(".figure, tr, li")?.innerText ?? ""])"""
PAGES_WITH_FIGURES = {"HomePage", "StrategyPage", "ImpactPage", "TextPage", "place", "figure"} | {
    "withdrawn figure",
    "embedded figure",
    "embedded withdrawn figure",
}


def read_aloud(window: Page) -> list[str]:
    """What is read aloud of the page, line by line, without what stands there to be copied."""
    return [line for line in window.locator("body").aria_snapshot().splitlines() if "code:" not in line]


def test_a_range_is_read_in_words_with_place_people_and_status(page: Page, every_page: dict[str, str]) -> None:
    place = ImpactStat.objects.get(slug=every_page["range figure"].split("/")[-2]).place
    page.goto(every_page["range figure"])
    expect(page.get_by_role("main")).to_match_aria_snapshot(f"""
        - heading "{RANGE} {SENTENCE}" [level=1]
        - paragraph:
          - link "{place}"
        - paragraph: {STATUS}
        """)
    page.goto(every_page["embedded figure"])
    expect(page.get_by_role("main")).to_match_aria_snapshot(f"""
        - heading "{RANGE} {SENTENCE}" [level=1]
        - paragraph: {place}
        - paragraph: {STATUS}
        """)
    page.goto(every_page["HomePage"])
    expect(page.get_by_role("article").filter(has_text=SENTENCE)).to_match_aria_snapshot(f"""
        - article:
          - paragraph: {RANGE}
          - paragraph:
            - link "{place}"
          - paragraph: {SENTENCE}
          - paragraph: {STATUS}
        """)


def test_a_number_is_read_once_and_never_as_it_is_printed(page: Page, every_page: dict[str, str]) -> None:
    for name, address in every_page.items():
        page.goto(address)
        lines = read_aloud(page)
        assert [line for line in lines if "44–56" in line] == [], name
        # A row is named by its cells, which are read one by one.
        lines = [line for line in lines if not line.lstrip("- '").startswith("row ")]
        assert [line for line in lines if line.count(RANGE) > 1] == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_the_table_is_read_and_the_chart_above_it_is_not(page: Page, every_page: dict[str, str], width: int) -> None:
    """The chart shows nothing that the table does not say, and narrow screens show the table as a list."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(every_page["ImpactPage"])
    chart = page.get_by_role("figure").aria_snapshot()
    assert "cannot be compared with one another" in chart
    assert "percent reduction" not in chart
    assert "%" not in chart
    table = page.get_by_role("table", name="All figures by kind of outcome")
    expect(table.get_by_role("columnheader")).to_have_text(["Place", "Figure", "Outcome", "Evidence"])
    row = table.get_by_role("row").filter(has=page.get_by_role("cell", name=RANGE, exact=True))
    expect(row).to_have_count(1)
    expect(row.get_by_role("rowheader")).to_have_count(1)
    expect(row.get_by_role("cell", name=SENTENCE)).to_have_count(1)
    expect(row.get_by_role("cell", name=STATUS)).to_have_count(1)


def test_the_map_of_a_place_is_one_picture_with_one_name(page: Page, every_page: dict[str, str]) -> None:
    page.goto(every_page["place"])
    (picture,) = [line.strip() for line in read_aloud(page) if line.strip().startswith("- img")]
    assert picture.startswith('- img "Map of the United States with Example City')


def test_the_map_of_all_places_is_read_as_its_links(page: Page, every_page: dict[str, str]) -> None:
    page.goto(every_page["PlaceIndexPage"])
    assert [line for line in read_aloud(page) if line.strip().startswith("- img")] == []
    country = page.get_by_role("group", name="Map of the United States. The table lists the places on it.")
    expect(country.get_by_role("link")).to_have_count(1)
    expect(country.get_by_role("link", name="Example City")).to_be_visible()
    expect(page.get_by_role("group", name="Map of the Northeast").get_by_role("link")).to_have_count(1)


def test_every_number_has_its_status_in_words_beside_it(page: Page, every_page: dict[str, str]) -> None:
    words = {stat.status_words for stat in ImpactStat.objects.all()} | {label.words for label in LABELS}
    with_figures = set()
    for name, address in every_page.items():
        page.goto(address)
        for number, beside in page.locator(NUMBERS).evaluate_all(WITH_WORDS_BESIDE):
            with_figures.add(name)
            assert any(status in beside for status in words), f"{name}: {number} stands in “{beside}”"
    assert with_figures >= PAGES_WITH_FIGURES
