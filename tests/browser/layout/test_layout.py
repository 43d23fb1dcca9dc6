"""Every template, on every width, with nothing on file, with one of each, with the longest headline, with 600 items
and with the organization's content.

Nothing scrolls sideways, is cut off, lies over something else, is centered, rounded or in shadow. The header and
compounds do not break, nothing is too small to tap, the footer is at the bottom of the window or below it, and at most
35 percent of a page's height are empty.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import FloatRect, Page

from impact.status import Relation
from news.models import NewsItemComponent, NewsItemPage, NewsItemPlace, NewsItemStrategy
from news.partial_date import PartialDate
from tests import factories
from tests.browser.every_page import addresses_with_nothing_on_file, every_address
from tests.contracts.stock import StockedSite, stocked_site
from tests.real_pages import PAGES

pytestmark = pytest.mark.sweep

MEASURE = (Path(__file__).parent / "measure_layout.js").read_text()
STYLESHEET = Path(settings.BASE_DIR, "site_core/brand/static/brand/site.css")
WIDTHS = (390, 768, 1280, 1920)
# Around the width at which the header takes its wide form, 61rem of content.
HEADER_WIDTHS = (320, 900, 1024, 1055, 1056)
MANY = 600
# 255 characters in words of every length, as many as a headline may have.
LONGEST = ("An example of a headline that goes on for as long as any headline can and then some more words " * 3)[:255]


def problems_on(window: Page, addresses: dict[str, str]) -> list[str]:
    """What is wrong with any of the pages on any screen."""
    problems = []
    for name, address in addresses.items():
        window.goto(address)
        window.evaluate("document.fonts.ready.then(() => null)")
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 800})
            problems += [f"{name} at {width} pixels: {found}" for found in window.evaluate(MEASURE)]
    return sorted(set(problems))


def test_dark_pages_differ_in_their_colors_alone() -> None:
    """So they are measured in light only: each color is chosen where it is named, and no rule asks for the scheme."""
    assert "light-dark(" in STYLESHEET.read_text()
    assert "prefers-color-scheme" not in STYLESHEET.read_text()


def test_every_template_with_the_content_of_the_organization(page: Page, content: None) -> None:
    assert problems_on(page, PAGES) == []


def test_the_header_is_one_row_or_takes_its_compact_form(page: Page, every_page: dict[str, str]) -> None:
    page.goto(every_page["TextPage"])
    for width in HEADER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(MEASURE) == [], width
        is_compact = page.get_by_role("link", name="Search", exact=True).is_visible()
        assert is_compact is (width < 1056), width


def test_the_margins_grow_evenly_and_only_the_band_spans_the_window(page: Page, every_page: dict[str, str]) -> None:
    for name in ("HomePage", "NewsIndexPage", "ImpactPage"):
        page.goto(every_page[name])
        for width, margin in ((1280, 40), (1920, 360)):
            page.set_viewport_size({"width": width, "height": 800})
            for part in (".site-header .frame", "main h1", ".site-footer .frame"):
                assert box_of(page, part)["x"] == margin, (name, width, part)
            assert box_of(page, ".site-header .frame")["width"] == width - 2 * margin
    page.goto(every_page["HomePage"])
    assert box_of(page, ".block-impact") | {"y": 0, "height": 0} == {"x": 0, "y": 0, "width": 1920, "height": 0}


def box_of(window: Page, selector: str) -> FloatRect:
    found = window.locator(selector).first.bounding_box()
    assert found, selector
    return found


def test_a_news_item_on_a_phone_is_headline_date_line_text_and_tags(page: Page, every_page: dict[str, str]) -> None:
    page.goto(every_page["NewsItemPage"])
    page.set_viewport_size({"width": 390, "height": 800})
    parts = (".item-head h1", ".item-facts", ".item-head .lead", "article > .body", "article > .facts")
    boxes = [box_of(page, part) for part in parts]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] < below["y"]
    assert boxes[1]["height"] < 32, "The facts are one line."
    assert page.locator(".updates").evaluate("part => getComputedStyle(part).marginTop") == "32px"


def test_an_embedded_figure_ends_where_its_words_end(page: Page, every_page: dict[str, str]) -> None:
    page.goto(every_page["embedded figure"])
    page.set_viewport_size({"width": 600, "height": 800})
    painted = page.evaluate(
        "[...document.querySelectorAll('html, body')].map(part => getComputedStyle(part).backgroundColor)"
    )
    assert set(painted) == {"rgba(0, 0, 0, 0)"}
    frame, words = box_of(page, "main"), box_of(page, "main article")
    assert frame["y"] + frame["height"] - words["y"] - words["height"] == 16


def test_every_template_with_something_of_everything(page: Page, every_page: dict[str, str]) -> None:
    assert problems_on(page, every_page) == []


def test_every_template_with_nothing_on_file(page: Page) -> None:
    assert problems_on(page, addresses_with_nothing_on_file()) == []


def test_every_template_with_the_longest_words(page: Page) -> None:
    # All at once, here and below: a commit for each statement would take longer than everything else.
    with transaction.atomic():
        site = stocked_site(news=3, figures=6)
        lengthen(site)
        addresses = every_address(site)
    assert problems_on(page, addresses) == []


def lengthen(site: StockedSite) -> None:
    """Give every page the longest title, and the figures the longest people, outcome and scope."""
    for stored in site.pages.values():
        stored.title = LONGEST
        stored.save_revision().publish()
    site.stat.outcome = site.stat.population = site.stat.scope = LONGEST[:200]
    site.stat.evidence.add(
        factories.EvidenceFactory.build(
            study=factories.StudyFactory(short_name=LONGEST[:120]), relation=Relation.DIFFERS, reports="31%"
        )
    )
    site.stat.save_revision().publish()


def add_news(site: StockedSite, number: int) -> None:
    """Items as public pages see them. Publishing each would take minutes, and change nothing that is measured."""
    items = [
        site.tree.news.add_child(
            instance=NewsItemPage(title=f"Example headline {n}", summary="Text.", date=PartialDate(2018, 1 + n % 12))
        )
        for n in range(number)
    ]
    ties: list[tuple[Any, Any]] = [
        (NewsItemPlace, site.place),
        (NewsItemStrategy, site.strategy),
        (NewsItemComponent, site.component),
    ]
    for table, term in ties:
        table._default_manager.bulk_create(table(content_object=item, tag=term) for item in items)


def test_lists_of_six_hundred_items(page: Page) -> None:
    with transaction.atomic():
        site = stocked_site(news=2, figures=40)
        add_news(site, MANY)
    lists = {
        name: site.addresses[name] for name in ("NewsIndexPage", "StrategyPage", "place", "ImpactPage", "HomePage")
    }
    last_page = f"{site.addresses['NewsIndexPage']}?page=30"
    assert problems_on(page, lists | {"last page of news": last_page}) == []


@pytest.mark.parametrize(
    "fault",
    [
        "overflow",
        "overlap",
        "centered",
        "orphan",
        "compound",
        "shadow",
        "clipped",
        "small",
        "header",
        "short",
        "empty",
    ],
)
def test_each_fault_is_found(page: Page, fault: str, open_window: Callable[..., Page]) -> None:
    """The measuring itself, on a page that has one fault."""
    styles = {
        "overflow": "p { width: 200vw; max-width: none }",
        "overlap": "p + p { margin-top: -2em }",
        "centered": "p { text-align: center }",
        "orphan": "h1 { width: 9em; text-wrap: wrap }",
        "compound": "h2 { width: 5em }",
        "shadow": "p { box-shadow: 0 0 4px #000 }",
        "clipped": "p { width: 4em; white-space: nowrap; overflow: hidden }",
        "small": "p { margin: 0; font-size: 8px }",
        "header": ".frame { flex-direction: column }",
        "short": ".site-footer { margin-bottom: 300px }",
        "empty": "main { padding-bottom: 900px }",
    }
    sound = """<div class="site-header"><div class="frame"><b>A name</b> <a class="search-link">Search</a></div></div>
      <main><h1>Four words and another</h1><h2>A first-in-NY</h2><p>Some words.</p><p>Some other words.</p>
      <p><a href="/">One</a></p><p><a href="/">Two</a></p></main><div class="site-footer">The end</div>"""
    frame = """<style>body { margin: 0; display: flex; flex-direction: column; min-height: 100vh }
      .frame { display: flex; justify-content: space-between } .site-footer { margin-top: auto }</style>"""
    page.set_content(frame + sound)
    assert page.evaluate(MEASURE) == []
    page.set_content(f"{frame}<style>{styles[fault]}</style>{sound}")
    assert page.evaluate(MEASURE)
