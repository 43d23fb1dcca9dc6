"""The keyboard walks through every page: to everything, once, in the order one reads in, and always in sight."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.sweep

MEASURE = (Path(__file__).parent / "measure_focus.js").read_text()
# What can be come to, as its place among all elements of the page. Of radio buttons, Tab comes to the first alone.
STOPS = """() => [...document.querySelectorAll("*")].flatMap((element, place) =>
  element.matches("a[href], button, input, select, textarea, summary, iframe, [tabindex]:not([tabindex='-1'])")
    && !element.matches("label ~ label > [type=radio]") && element.checkVisibility() ? [place] : [])"""
# A desktop, and the same screen magnified four times.
SIZES = [(1280, 1024), (320, 256)]
NARROWEST_OUTLINE = 2
SKIP, LEAVE = "a “Skip to content”", "a “Leave this page”"


@pytest.mark.parametrize("size", SIZES, ids=["desktop", "magnified"])
def test_tab_comes_to_everything_once_in_reading_order_and_in_sight(
    page: Page, every_page: dict[str, str], size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    problems = []
    for name, address in every_page.items():
        page.goto(address)
        problems += [f"{name}: {problem}" for problem in problems_of_walk(page, framed=name.startswith("embedded"))]
    assert problems == []


def problems_of_walk(window: Page, *, framed: bool) -> list[str]:
    """What is wrong on the way from the top of the page to its end, in words. What is framed has nothing to skip."""
    places = window.evaluate(STOPS)
    stops = [press_tab(window) for _ in places]
    names = [stop["name"] for stop in stops]
    problems = [] if [stop["place"] for stop in stops] == places else [f"does not come to all in order: {names}"]
    if press_tab(window)["place"] in places[1:]:
        problems.append("does not come out at the end")
    first = [] if framed else [SKIP, LEAVE] if window.locator("#leave-page").count() else [SKIP]
    if names[: len(first)] != first:
        problems.append(f"begins with {names[:2]}")
    for stop in stops:
        if stop["outline"] < NARROWEST_OUTLINE:
            problems.append(f"{stop['name']} has an outline of {stop['outline']} pixels")
        if stop["covered"]:
            problems.append(f"{stop['name']} is covered: {stop['covered']}")
    moving = [stop for stop in stops if not stop["fixed"]]
    problems += [f"{two['name']} comes after {one['name']}" for one, two in pairwise(moving) if goes_back(one, two)]
    return problems


def press_tab(window: Page) -> dict[str, Any]:
    """Where it leads."""
    window.keyboard.press("Tab")
    stop: dict[str, Any] = window.evaluate(MEASURE)
    return stop


def goes_back(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Whether one would read the second stop first: it stands above and no further right, or to the left in line."""
    above = two["bottom"] <= one["top"] + 1 and two["left"] <= one["left"] + 1
    in_line = two["top"] < one["bottom"] - 2 and one["top"] < two["bottom"] - 2
    return above or (in_line and two["right"] <= one["left"] + 1)


def test_the_skip_link_leads_to_the_content(page: Page, every_page: dict[str, str]) -> None:
    for name, address in every_page.items():
        if name.startswith("embedded"):
            continue
        page.goto(address)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        if page.get_by_role("main").get_by_role("link").count():
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('main') !== null"), name


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("a:focus { outline: none }", "outline"),
        ("h1 { position: fixed; inset: 0; background: white }", "covered"),
        ("div { display: flex; flex-direction: row-reverse; justify-content: start }", "comes after"),
    ],
    ids=["no outline", "covered", "out of order"],
)
def test_each_fault_is_found(page: Page, fault: str, words: str) -> None:
    """The walk itself, on a page that has one fault."""
    sound = '<h1>Example</h1><div><a href="/">One</a> <a href="/search/">Another</a></div>'
    page.set_content(f"<style>:focus {{ outline: 3px solid }}</style>{sound}")
    assert problems_of_walk(page, framed=True) == []
    page.set_content(f"<style>:focus {{ outline: 3px solid }} {fault}</style>{sound}")
    assert [problem for problem in problems_of_walk(page, framed=True) if words in problem]


def test_a_trap_is_found(page: Page) -> None:
    page.set_content('<style>:focus { outline: 3px solid }</style><a href="/">One</a><a href="/" id="last">Last</a>')
    page.evaluate(
        "document.getElementById('last').addEventListener('keydown', event => event.preventDefault())",
    )
    assert "does not come out at the end" in problems_of_walk(page, framed=True)
