"""Pictures in a real browser: nothing moves, the size asked for is the size shown, and none is enlarged."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests import factories

pytestmark = pytest.mark.sweep

# How far everything moved since the page began to load, as browsers count it: 0 is not at all.
LAYOUT_SHIFT = """() => new Promise(done => {
    let sum = 0;
    const observer = new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value));
    observer.observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 200);
})"""
# A browser divides a picture's own width by what `sizes` promised: with several to choose from, what is left is the
# promise.
MEASURED = """() => [...document.querySelectorAll('main img')].map(img => ({
    promised: img.naturalWidth, shown: img.clientWidth, height: img.clientHeight, file: img.currentSrc,
    room: img.closest('.claim').clientWidth, loading: img.loading,
}))"""
ALL_LOADED = "[...document.querySelectorAll('main img')].every(img => img.complete && img.naturalWidth)"


def address_with_pictures(site_tree: factories.SiteTree) -> str:
    """A page that opens with a picture and has two more further down: a chart and one of 40 pixels."""
    photo, chart, tiny = (
        factories.drawn_picture(2000, 1500),
        factories.drawn_picture(1700, 900, name="chart.png"),
        factories.drawn_picture(40, 40),
    )
    body: list[tuple[str, Any]] = []
    for picture in (photo, chart, tiny):
        image = factories.SiteImageFactory(file=picture)
        image.contextual_alt_text = "An example."
        text = "<p>Example text.</p>" * 12
        body += [
            ("picture", {"image": image, "caption": "A caption", "whole": picture is chart}),
            ("text", text),
        ]
    return str(factories.TextPageFactory(parent=site_tree.about, body=body).url)


def scroll_through(page: Page) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 400):
        page.evaluate("top => window.scrollTo(0, top)", top)
        page.wait_for_timeout(50)
    page.wait_for_function(ALL_LOADED)


def test_nothing_moves_and_the_size_asked_for_is_the_size_shown(page: Page, site_tree: factories.SiteTree) -> None:
    address = address_with_pictures(site_tree)
    for width in (360, 768, 900, 1100, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        scroll_through(page)
        assert page.evaluate(LAYOUT_SHIFT) == 0, width
        photo, chart, tiny = page.evaluate(MEASURED)
        for picture in (photo, chart):
            assert picture["shown"] == picture["room"], width
            assert picture["promised"] == pytest.approx(picture["shown"], abs=2), width
            assert picture["file"].endswith(".avif")
        assert photo["height"] == pytest.approx(photo["shown"] * 2 / 3, abs=1)
        assert chart["height"] == pytest.approx(chart["shown"] * 9 / 17, abs=1)
        assert (tiny["shown"], tiny["height"]) == (40, 27) or (tiny["shown"], tiny["height"]) == (40, 28)
        assert [picture["loading"] for picture in (photo, chart, tiny)] == ["auto", "lazy", "lazy"]
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
