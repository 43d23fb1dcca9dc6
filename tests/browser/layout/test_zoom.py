"""Letters twice as large or further apart, and the page magnified four times: all is there, and nothing is cut off."""

import pytest
from playwright.sync_api import Page

from tests.browser.every_page import addresses_with_nothing_on_file
from tests.browser.layout.test_layout import MEASURE

pytestmark = pytest.mark.sweep

# Width, height and the size of letters: a screen of 1280 by 1024 magnified four times, then a desktop, half of it and
# a phone with letters twice as large.
SCREENS = [(320, 256, "100%"), (1280, 800, "200%"), (640, 800, "200%"), (360, 740, "200%")]
SET_LETTERS = "size => { document.documentElement.style.fontSize = size }"
# As far apart as a reader may set them by WCAG 1.4.12.
APART = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
ADOPT = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}"""


# How lines and rows look, which matters less here than that all can be read.
LOOKS = ("one word alone", "compound", "header wraps", "the search does not end", "height are empty")


def faults(window: Page) -> list[str]:
    """What the measuring finds, save for looks."""
    return [found for found in window.evaluate(MEASURE) if not any(look in found for look in LOOKS)]


def enlarged_faults(window: Page, addresses: dict[str, str]) -> list[str]:
    found = []
    for name, address in addresses.items():
        window.goto(address)
        window.evaluate("document.fonts.ready.then(() => null)")
        for width, height, letters in SCREENS:
            window.set_viewport_size({"width": width, "height": height})
            window.evaluate(SET_LETTERS, letters)
            found += [f"{name} at {width} pixels, letters at {letters}: {fault}" for fault in faults(window)]
    return found


def test_every_page_enlarged(page: Page, every_page: dict[str, str]) -> None:
    assert enlarged_faults(page, every_page) == []


def test_every_page_enlarged_with_nothing_on_file(page: Page) -> None:
    assert enlarged_faults(page, addresses_with_nothing_on_file()) == []


def test_every_page_with_letters_further_apart(page: Page, every_page: dict[str, str]) -> None:
    found = []
    for name, address in every_page.items():
        page.goto(address)
        # As an extension does it, past the policy that lets no page bring a style of its own.
        page.evaluate(ADOPT, APART)
        page.evaluate("document.fonts.ready.then(() => null)")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{name} at {width} pixels: {fault}" for fault in faults(page)]
    assert found == []
