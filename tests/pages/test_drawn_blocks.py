"""Diagrams and timelines are lists in the right order, and hold no more than a drawing has room for."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks import Block
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks import PrinciplesBlock
from site_core.pages.drawn_blocks import DiagramBlock, TimelineBlock, middles
from tests.contracts.stock import EXAMPLE_DIAGRAM
from tests.impact.reading import words_of

pytestmark = pytest.mark.one_database


def drawn(block: Block, value: Any) -> BeautifulSoup:
    return BeautifulSoup(block.render(block.normalize(value)), "html.parser")


@pytest.mark.parametrize(
    ("number", "heights"),
    [(1, ["50"]), (2, ["25", "75"]), (3, ["16.67", "50", "83.33"]), (4, ["12.5", "37.5", "62.5", "87.5"])],
)
def test_lines_meet_the_middles_of_boxes_of_equal_height(number: int, heights: list[str]) -> None:
    assert middles(number) == heights


def test_a_diagram_is_an_ordered_list_without_its_lines() -> None:
    page = drawn(DiagramBlock(), EXAMPLE_DIAGRAM)
    assert words_of(page.figcaption) == "An example meeting"
    parts = [words_of(part) for part in page.select("ol > li")]
    assert parts == [
        "Who takes part SomeOthers",
        "What happens They meet An example sentence.",
        "What follows Those who stopHelpThose who go onAttention",
    ]
    lines = page.select("svg")
    assert [len(svg.select("path")) for svg in lines] == [2, 2]
    assert {svg["aria-hidden"] for svg in lines} == {"true"}


@pytest.mark.parametrize(
    ("field", "items"),
    [
        ("who", []),
        ("who", ["One"] * 5),
        ("paths", EXAMPLE_DIAGRAM["paths"][:1]),
        ("paths", [*EXAMPLE_DIAGRAM["paths"], *EXAMPLE_DIAGRAM["paths"]]),
    ],
)
def test_a_diagram_takes_one_to_four_and_two_paths(field: str, items: Any) -> None:
    block = DiagramBlock()
    block.clean(block.normalize(EXAMPLE_DIAGRAM))
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(EXAMPLE_DIAGRAM | {field: items}))
    assert isinstance(refused.value.block_errors[field], ListBlockValidationError)


def test_a_pane_holds_the_explanation_of_its_principle_where_there_is_one() -> None:
    principles = [{"title": "Do no harm", "explanation": "An example line."}, {"title": "Help", "explanation": ""}]
    page = drawn(PrinciplesBlock(), {"heading": "Our principles", "principles": principles})
    assert [[words_of(line) for line in pane.select("p")] for pane in page.select("li")] == [
        ["Do no harm", "An example line."],
        ["Help"],
    ]


@pytest.mark.parametrize("number", [1, 31])
def test_a_timeline_takes_two_to_thirty_entries(number: int) -> None:
    block, entry = TimelineBlock(), {"date": "2004", "text": "An example.", "source": ""}
    block.clean(block.normalize({"entries": [entry] * 2}))
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize({"entries": [entry] * number}))
    assert isinstance(refused.value.block_errors["entries"], ListBlockValidationError)


def test_a_timeline_keeps_the_order_in_which_it_was_entered_and_says_where_no_source_is_on_record() -> None:
    entries = [{"date": date, "text": "An example.", "source": "<p>Gazette</p>"} for date in ("mid-1990s", "2004")]
    page = drawn(TimelineBlock(), {"entries": entries})
    assert [words_of(date) for date in page.select("ol > li > .date")] == ["mid-1990s", "2004"]
    assert [words_of(source) for source in page.select(".source")] == ["Gazette", "Gazette"]
    assert "none is on record" not in page.get_text()
    page = drawn(TimelineBlock(), {"entries": [*entries, {"date": "2005", "text": "An example.", "source": ""}]})
    assert len(page.select(".source")) == 2
    assert "If no source is named, none is on record." in page.get_text()
