"""The mark: the committed files are what its geometry draws."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from PIL import Image

from site_core import mark
from site_core.management.commands.draw_mark import ICON_SIZES, STATIC_FOLDER


def test_the_committed_files_are_those_that_the_command_draws() -> None:
    assert (STATIC_FOLDER / "mark.svg").read_text() == mark.icon_svg()
    assert (STATIC_FOLDER / "mark-mask.svg").read_text() == mark.mask_svg()
    assert (settings.BASE_DIR / "templates/components/mark.html").read_text() == mark.component_html()


@pytest.mark.parametrize("size", ICON_SIZES)
def test_the_committed_icons_are_those_that_the_command_draws(size: int) -> None:
    file = BytesIO((STATIC_FOLDER / f"mark-{size}.png").read_bytes())
    assert Image.open(file).convert("RGB").tobytes() == mark.draw_icon(size).tobytes()


def test_six_panes_stand_in_the_window_and_the_first_is_lit() -> None:
    rectangles = BeautifulSoup(mark.icon_svg(), "html.parser").find_all("rect")
    assert [rectangle["class"] for rectangle in rectangles] == [["frame"], ["lit"], *[["pane"]] * 5]


def test_six_panes_can_be_told_apart_at_sixteen_pixels() -> None:
    small = mark.draw_mark(16, mark.INK, mark.PAPER, mark.LAMP).convert("L")
    scale = 16 / mark.UNITS

    def brightness(x: float, y: float) -> int:
        return small.tobytes()[int(y * scale) * 16 + int(x * scale)]

    middles = [(pane.x + pane.width / 2, pane.y + pane.height / 2) for pane in mark.panes()]
    panes = [brightness(x, y) for x, y in middles]
    muntin = mark.WINDOW.x + mark.WINDOW.width / 2
    between = [brightness(muntin, y) for _, y in middles]
    assert min(panes) - max(between) > 60
