"""The map of places as a browser draws it: its names apart, its dots one size."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page

NAMES = """() => [...document.querySelectorAll(".places-map .sheet")].flatMap(sheet => {
  const edge = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll(".dot .name")].filter(text => text.getBoundingClientRect().width).map(text => {
    const {left, top, right, bottom} = text.getBoundingClientRect();
    return {name: text.textContent, left, top, right, bottom, inside: left >= edge.left && right <= edge.right};
  });
})"""
DISCS = """() => [...document.querySelectorAll(".places-map .disc")].map(disc => {
  const {left, top, width} = disc.getBoundingClientRect();
  return {x: left + width / 2, y: top + width / 2, width};
})"""
TARGETS = """() => [...document.querySelectorAll(".places-map a")].map(link => {
  const {width, height} = link.getBoundingClientRect();
  return Math.min(width, height);
})"""
OUTLINES = "[...document.querySelectorAll('.outlines')].map(lines => getComputedStyle(lines).stroke)"
# The token --line-strong, which has a contrast of at least 3 to 1 with the paper: tests/brand/test_contrast.py.
LINE_STRONG = "rgb(115, 133, 129)"
# By the width of the window: 9 pixels of ink, or 18 behind a number, and on either side half of the ring's 2.
DISC_WIDTHS = {360: 20, 1200: 11}


@pytest.mark.usefixtures("loaded")
def test_the_names_on_the_map_stand_apart(open_window: Callable[..., Page]) -> None:
    for width in (600, 768, 1200):
        window = open_window(viewport={"width": width, "height": 800})
        window.goto("/places/")
        names = window.evaluate(NAMES)
        assert len(names) == 13
        assert all(name["inside"] for name in names), width
        assert [(one["name"], other["name"]) for one, other in combinations(names, 2) if meet(one, other)] == [], width


@pytest.mark.usefixtures("loaded")
def test_the_dots_keep_their_size_and_stand_apart(open_window: Callable[..., Page]) -> None:
    for width, disc_width in DISC_WIDTHS.items():
        window = open_window(viewport={"width": width, "height": 800})
        window.goto("/places/")
        discs = window.evaluate(DISCS)
        assert len(discs) == 13
        assert {round(disc["width"]) for disc in discs} == {disc_width}
        apart = [((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5 for a, b in combinations(discs, 2)]
        assert min(apart) > disc_width, width
        assert bool(window.evaluate(NAMES)) is (width > 600)
        assert min(window.evaluate(TARGETS)) >= 24, width
        assert set(window.evaluate(OUTLINES)) == {LINE_STRONG}, width


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    across = one["left"] < other["right"] and other["left"] < one["right"]
    return across and one["top"] < other["bottom"] and other["top"] < one["bottom"]
