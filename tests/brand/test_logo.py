"""The logo: a window of six panes, the same in every file, that is still one at the size of a browser tab."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
from PIL import Image, ImageColor

from site_core.social_cards.card import BAND, BAND_INK, LAMP, LOGO

STATIC_FOLDER = Path(settings.BASE_DIR) / "site_core/brand/static/brand"
ICON = (STATIC_FOLDER / "logo.svg").read_text()
COMPONENT = (Path(settings.BASE_DIR) / "templates/components/logo.html").read_text()
UNITS = 24
# Around the window on the icons of home screens, which cut off corners.
MARGIN = 0.19

# From the upper left corner, in units of the logo.
Rectangle = tuple[float, float, float, float]


def rectangles(drawing: str) -> dict[str, list[Rectangle]]:
    """The rectangles of an SVG by class. Those of a path have none."""
    found: dict[str, list[Rectangle]] = {}
    for element in BeautifulSoup(drawing, "html.parser").find_all("rect"):
        x, y, width, height = (float(str(element[name])) for name in ("x", "y", "width", "height"))
        found.setdefault(element["class"][0], []).append((x, y, width, height))
    for sides in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", drawing):
        x, y, width, height = map(float, sides)
        found.setdefault("", []).append((x, y, width, height))
    return found


def panes() -> list[Rectangle]:
    """The six panes, the lit one first."""
    parts = rectangles(ICON)
    return [*parts["lit"], *parts["pane"]]


def test_the_window_has_six_panes_and_the_first_is_lit() -> None:
    elements = BeautifulSoup(ICON, "html.parser").find_all("rect")
    assert [element["class"] for element in elements] == [["frame"], ["lit"], *[["pane"]] * 5]
    assert min(panes(), key=lambda pane: (pane[1], pane[0])) == panes()[0]


def test_the_other_drawings_have_the_same_geometry() -> None:
    frame = rectangles(ICON)["frame"]
    assert rectangles(COMPONENT) == {"": frame + panes(), "lit": panes()[:1]}
    assert rectangles((STATIC_FOLDER / "logo-mask.svg").read_text()) == {"": frame + panes()[1:]}


@pytest.mark.parametrize("size", [180, 512])
def test_six_panes_of_an_icon_can_be_told_apart_at_sixteen_pixels(size: int) -> None:
    picture = Image.open(STATIC_FOLDER / f"logo-{size}.png").convert("L")
    assert picture.size == (size, size)
    margin = round(size * MARGIN)
    small = picture.crop((margin, margin, size - margin, size - margin)).resize((16, 16), Image.Resampling.BOX)
    scale = 16 / UNITS

    def brightness(x: float, y: float) -> int:
        return small.tobytes()[int(y * scale) * 16 + int(x * scale)]

    middles = [(x + width / 2, y + height / 2) for x, y, width, height in panes()]
    lights = [brightness(x, y) for x, y in middles]
    between = [brightness(UNITS / 2, y) for _, y in middles]
    assert min(lights) - max(between) > 60


def test_the_logo_of_the_social_cards_has_the_same_geometry_and_the_colors_of_the_band() -> None:
    scale = LOGO.width / UNITS
    middles = [(int((x + width / 2) * scale), int((y + height / 2) * scale)) for x, y, width, height in panes()]
    between = (LOGO.width // 2, middles[0][1])
    found = [LOGO.getpixel(point) for point in (*middles, between)]
    assert found == [ImageColor.getcolor(color, "RGBA") for color in (LAMP, *[BAND] * 5, BAND_INK)]
    assert LOGO.getchannel("A").getpixel((0, 0)) == 0


def test_the_icon_is_found_where_nobody_names_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, static("brand/logo-180.png"))
