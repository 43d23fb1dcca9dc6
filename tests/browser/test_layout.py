"""Every template, on every width, in light and dark, with nothing on file, with one of each, with the longest headline
and with 600 items: nothing scrolls sideways, is cut off, lies over something else, is centered, rounded or in shadow.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from impact.status import Relation
from news.models import NewsItemComponent, NewsItemPage, NewsItemPlace, NewsItemStrategy
from news.partial_date import PartialDate
from tests import factories
from tests.browser.every_page import addresses_with_nothing_on_file, every_address
from tests.contracts.stock import StockedSite, stocked_site

MEASURE = (Path(__file__).parent / "measure_layout.js").read_text()
WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
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
            for scheme in SCHEMES:
                window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                problems += [f"{name} at {width} pixels, {scheme}: {found}" for found in window.evaluate(MEASURE)]
    return sorted(set(problems))


def test_every_template_with_something_of_everything(page: Page, every_page: dict[str, str]) -> None:
    assert problems_on(page, every_page) == []


def test_every_template_with_nothing_on_file(page: Page) -> None:
    assert problems_on(page, addresses_with_nothing_on_file()) == []


def test_every_template_with_the_longest_words(page: Page) -> None:
    site = stocked_site(news=3, figures=6)
    lengthen(site)
    assert problems_on(page, every_address(site)) == []


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
    # All at once: a commit for each statement would take longer than everything else.
    with transaction.atomic():
        site = stocked_site(news=2, figures=40)
        add_news(site, MANY)
    lists = {
        name: site.addresses[name] for name in ("NewsIndexPage", "StrategyPage", "place", "ImpactPage", "HomePage")
    }
    last_page = f"{site.addresses['NewsIndexPage']}?page=30"
    assert problems_on(page, lists | {"last page of news": last_page}) == []


@pytest.mark.parametrize("fault", ["overflow", "overlap", "centered", "orphan", "shadow", "clipped"])
def test_each_fault_is_found(page: Page, fault: str, open_window: Callable[..., Page]) -> None:
    """The measuring itself, on a page that has one fault."""
    styles = {
        "overflow": "p { width: 200vw; max-width: none }",
        "overlap": "p + p { margin-top: -2em }",
        "centered": "p { text-align: center }",
        "orphan": "h1 { width: 9em; text-wrap: wrap }",
        "shadow": "p { box-shadow: 0 0 4px #000 }",
        "clipped": "p { width: 4em; white-space: nowrap; overflow: hidden }",
    }
    sound = "<h1>Four words and another</h1><p>Some words.</p><p>Some other words.</p>"
    page.set_content(sound)
    assert page.evaluate(MEASURE) == []
    page.set_content(f"<style>{styles[fault]}</style>{sound}")
    assert page.evaluate(MEASURE)
