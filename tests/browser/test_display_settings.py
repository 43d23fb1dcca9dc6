"""What a visitor has set for all pages: the system's own few colors, and less motion."""

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.sweep

# How the rule above a figure is drawn. Where colors are the system's, width and dashes are what is left of it.
RULES = {
    "status-matches": ("solid", "5px"),
    "status-to-check": ("solid", "2px"),
    "status-differs": ("dashed", "2px"),
    "status-conflicts": ("dashed", "2px"),
    "status-not-recorded": ("dotted", "2px"),
}
GROUND = "getComputedStyle(document.body).backgroundColor"
STYLES = """(parts, name) => parts.map(part => getComputedStyle(part)[name])"""
DURATIONS = """() => [...new Set([...document.querySelectorAll("*")].flatMap(element =>
  [null, "::before", "::after"].flatMap(part => {
    const style = getComputedStyle(element, part);
    return [style.transitionDuration, style.animationDuration];
  })))]"""
NOTE_CROSS_FADE = "addEventListener('pagereveal', event => { window.fades = Boolean(event.viewTransition) })"


def styles(window: Page, selector: str, name: str) -> list[Any]:
    found: list[Any] = window.locator(selector).evaluate_all(STYLES, name)
    assert found, selector
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_panes_rules_and_marks_are_there_in_the_systems_own_colors(
    page: Page, every_page: dict[str, str], scheme: Any
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto(every_page["HomePage"])
    ground = page.evaluate(GROUND)
    for side in ("Top", "Right", "Bottom", "Left"):
        assert not {"none", "hidden"} & set(styles(page, ".principles li", f"border{side}Style"))
        assert ground not in styles(page, ".principles li", f"border{side}Color")
    assert styles(page, ".principles li:first-child", "outlineStyle") == ["solid"]
    for status, rule in RULES.items():
        drawn = [styles(page, f".figures .{status}.figure", f"borderTop{part}") for part in ("Style", "Width")]
        assert set(zip(*drawn, strict=True)) == {rule}
        assert ground not in styles(page, f".figures .{status}.figure", "borderTopColor")
    assert ground not in styles(page, ".button, .site-header button", "borderTopColor")
    page.goto(every_page["ImpactPage"])
    assert ground not in styles(page, ".chart :is(.mark-disc, .bar, text)", "fill")
    assert ground not in styles(page, ".chart :is(.mark-ring, .mark-dashed, .tick, .baseline)", "stroke")
    assert set(styles(page, ".chart .mark-dashed", "strokeDasharray")) != {"none"}
    page.goto(every_page["PlaceIndexPage"])
    assert ground not in styles(page, ".dot :is(.disc, .name)", "fill")
    assert ground not in styles(page, ".outlines", "stroke")


def test_nothing_moves_where_less_motion_is_asked_for(page: Page, every_page: dict[str, str]) -> None:
    page.emulate_media(reduced_motion="reduce")
    for name, address in every_page.items():
        page.goto(address)
        assert page.evaluate(DURATIONS) == ["0s"], name
        assert page.evaluate("document.getAnimations().length") == 0, name


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", True), ("reduce", False)])
def test_pages_fade_into_each_other_only_where_motion_is_welcome(
    page: Page, every_page: dict[str, str], motion: Any, fades: bool
) -> None:
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(NOTE_CROSS_FADE)
    page.goto(every_page["HomePage"])
    page.get_by_role("navigation", name="Main").get_by_role("link", name="News").click()
    page.wait_for_url(f"**{every_page['NewsIndexPage']}")
    page.wait_for_function("window.fades !== undefined")
    assert page.evaluate("window.fades") is fades
