"""The committed logo files are those that its geometry draws."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from PIL import Image

from site_core.brand import logo
from site_core.brand.management.commands.draw_logo import ICON_SIZES, STATIC_FOLDER


def test_the_committed_files_are_those_that_the_command_draws() -> None:
    assert (STATIC_FOLDER / "logo.svg").read_text() == logo.icon_svg()
    assert (STATIC_FOLDER / "logo-mask.svg").read_text() == logo.mask_svg()
    assert (settings.BASE_DIR / "templates/components/logo.html").read_text() == logo.component_html()


@pytest.mark.parametrize("size", ICON_SIZES)
def test_the_committed_icons_are_those_that_the_command_draws(size: int) -> None:
    file = BytesIO((STATIC_FOLDER / f"logo-{size}.png").read_bytes())
    assert Image.open(file).convert("RGB").tobytes() == logo.draw_icon(size).tobytes()


def test_the_window_has_six_panes_and_the_first_is_lit() -> None:
    rectangles = BeautifulSoup(logo.icon_svg(), "html.parser").find_all("rect")
    assert [rectangle["class"] for rectangle in rectangles] == [["frame"], ["lit"], *[["pane"]] * 5]


def test_six_panes_can_be_told_apart_at_sixteen_pixels() -> None:
    small = logo.draw_logo(16, logo.INK, logo.PAPER, logo.LAMP).convert("L")
    scale = 16 / logo.UNITS

    def brightness(x: float, y: float) -> int:
        return small.tobytes()[int(y * scale) * 16 + int(x * scale)]

    middles = [(pane.x + pane.width / 2, pane.y + pane.height / 2) for pane in logo.panes()]
    panes = [brightness(x, y) for x, y in middles]
    muntin = logo.WINDOW.x + logo.WINDOW.width / 2
    between = [brightness(muntin, y) for _, y in middles]
    assert min(panes) - max(between) > 60
