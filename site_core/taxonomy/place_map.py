"""The map beside the fields of a place: where its coordinates are, with a warning if that is in no state."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.http import require_GET
from PIL import Image, ImageDraw
from wagtail.admin.panels import Panel

from site_core.taxonomy.projection import UNITED_STATES, Point, project

OUTSIDE = (
    "This point is in none of the 48 states. Check both numbers. In the United States the longitude is negative, such "
    "as -80.005. Places in Alaska, Hawaii and the territories are not on the map."
)
ABROAD = "The map shows places in the United States only."
# Units of the map in a pixel of the mask, about 15 km. The outlines are no more precise.
UNITS = 3
SEA, LAND = 0, 1


def map_context(latitude: object, longitude: object, country: str) -> dict[str, object]:
    """The position of the dot in units of the map, and the warning; {} without two numbers."""
    try:
        north, east = float(str(latitude)), float(str(longitude))
    except ValueError:
        return {}
    if country.strip().upper() not in ("", "US"):
        return {"warning": ABROAD}
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return {"warning": OUTSIDE}
    point = project(north, east)
    if not UNITED_STATES.holds(point):
        return {"warning": OUTSIDE}
    return {"dot": {"x": round(point[0]), "y": round(point[1])}, "warning": "" if _is_on_land(point) else OUTSIDE}


@require_GET
def place_map(request: HttpRequest) -> HttpResponse:
    """The map for the numbers that are being typed."""
    latitude, longitude, country = (request.GET.get(name, "") for name in ("latitude", "longitude", "country"))
    return render(request, "taxonomy/place_map.html", map_context(latitude, longitude, country))


class PlaceMapPanel(Panel):
    """The map below the coordinates. It follows what is typed; without scripts, what was sent."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "taxonomy/place_map_panel.html"

        class Media:
            js = ("taxonomy/place_map.js",)

        def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
            place = self.instance
            context: dict[str, object] = super().get_context_data(parent_context)
            return context | map_context(place.latitude, place.longitude, place.country)


def _is_on_land(point: Point) -> bool:
    """Whether a point is in one of the states, or no further from one than a pixel of the mask."""
    mask = _land()
    x, y = (int(part / UNITS) for part in point)
    near = ((x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1))
    return any(
        mask.getpixel(pixel) == LAND for pixel in near if 0 <= pixel[0] < mask.width and 0 <= pixel[1] < mask.height
    )


@cache
def _land() -> Image.Image:
    """The mask of the 48 states: what the outlines keep apart from the upper left corner, which is in Canada."""
    path = Path(str(get_template("components/us_outlines.html").origin)).read_text()  # type: ignore[attr-defined]
    mask = Image.new("L", (int(UNITED_STATES.width / UNITS), int(UNITED_STATES.height / UNITS)), LAND)
    draw = ImageDraw.Draw(mask)
    border = 2
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^M\"]*)", path):
        points = [(int(x), int(y))]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + right, points[-1][1] + down))
        draw.line([(right // UNITS, down // UNITS) for right, down in points], fill=border)
    ImageDraw.floodfill(mask, (0, 0), SEA)
    return mask.point(lambda value: SEA if value == SEA else LAND)
