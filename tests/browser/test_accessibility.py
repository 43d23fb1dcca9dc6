"""Nothing that axe finds on any page, on a phone and on a desktop, in light and in dark.

Held are its rules up to level AA of WCAG 2.2 and its best practices, and of both also those that it leaves out unless
asked: the experimental ones, and the size of what is tapped or clicked (24 by 24 pixels, save for links in a sentence
and what has that much room around it). Its rules of level AAA need not hold.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.template.loader import render_to_string
from playwright.sync_api import Page

from tests.browser.every_page import addresses_with_nothing_on_file, every_address
from tests.contracts.stock import stocked_site

pytestmark = pytest.mark.sweep

WIDTHS = (360, 1280)
AXE = Axe().axe_script
RUN = """async only => {
  const held = axe.getRules().filter(rule => !rule.tags.some(tag => tag.endsWith("aaa")))
    .filter(rule => !only || rule.tags.includes(only));
  const rules = Object.fromEntries(held.map(rule => [rule.ruleId, {enabled: true}]));
  const {violations} = await axe.run({rules, resultTypes: ["violations"]});
  return violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target} ${node.html}`));
}"""
# More items than one page of the list shows, so that there is a way to the next.
NEWS = 21


def violations_on(window: Page) -> list[str]:
    """What axe finds in light and in dark: the rule, where, and the markup."""
    if not window.evaluate("'axe' in window"):
        window.evaluate(AXE)
    found = []
    # In the dark a page differs in its colors alone.
    for scheme, only in (("light", None), ("dark", "cat.color")):
        window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {violation}" for violation in window.evaluate(RUN, only)]
    return found


def violations_at(window: Page, paths: dict[str, str]) -> list[str]:
    found = []
    for name, path in paths.items():
        window.goto(path)
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 800})
            found += [f"{name}, {width} pixels wide, {violation}" for violation in violations_on(window)]
    return found


def test_every_page(page: Page) -> None:
    # All at once: a commit for each statement would take long.
    with transaction.atomic():
        addresses = every_address(stocked_site(news=NEWS, figures=1))
    assert violations_at(page, addresses) == []


def test_every_page_with_nothing_on_file(page: Page) -> None:
    assert violations_at(page, addresses_with_nothing_on_file()) == []


def test_the_page_that_stands_in_when_the_site_fails(page: Page) -> None:
    page.set_content(render_to_string("500.html"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert violations_on(page) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("color-contrast", '<p style="color: #888">Some words.</p>'),
        ("target-size", '<p><a href="/" style="display: block; height: 9px">a</a><a href="/search/">b</a></p>'),
        ("label-content-name-mismatch", '<button aria-label="Close">Open the list</button>'),
        ("heading-order", "<h4>Some words</h4>"),
    ],
    ids=["AA", "AA, left out unless asked", "experimental", "best practice"],
)
def test_each_kind_of_rule_is_held(page: Page, rule: str, fault: str) -> None:
    sound = '<html lang="en-US"><title>Example</title><main><h1>Example</h1>{}</main></html>'
    page.set_content(sound.format(""))
    assert violations_on(page) == []
    page.set_content(sound.format(fault))
    assert [found for found in violations_on(page) if rule in found]
