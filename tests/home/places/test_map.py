"""The map of places: the projection, the outlines, the dots and their names."""

import re
from itertools import combinations, pairwise
from math import cos, dist, radians
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from home.places.map import Dot, PlacesMap, locator, places_map
from home.places.map_labels import WIDTHS, Box, Sheet, Spot
from home.places.outlines import arcs_of, path_of, simplified
from home.places.records import places_with_a_page
from home.places.states import state_of
from site_core.taxonomy.models import PlaceTerm
from site_core.taxonomy.projection import CENTER, NORTHEAST, UNITED_STATES, Window, albers, project

COMPONENTS = settings.BASE_DIR / "templates" / "components"
PHONE_WIDTH = 328
DISC_WIDTH = 9


def city(name: str = "Example City", latitude: float = 41.0, longitude: float = -100.0, **fields: Any) -> PlaceTerm:
    slug = name.lower().replace(" ", "-")
    return PlaceTerm(**{"name": name, "slug": slug, "country": "US", **fields}, latitude=latitude, longitude=longitude)


def test_the_center_is_the_origin() -> None:
    assert albers(37.5, -96) == pytest.approx((0, 0), abs=1e-12)
    assert project(37.5, -96) == pytest.approx(CENTER)


def test_the_projection_agrees_with_the_worked_example_in_snyders_manual() -> None:
    """Page 291: 35° N 75° W, counted from 23° N 96° W. The two parallels are the same as ours."""
    east, north = albers(35, -75)
    assert east == pytest.approx(0.2952720, abs=5e-8)
    assert north - albers(23, -96)[1] == pytest.approx(0.2416774, abs=5e-8)


def test_areas_keep_their_size() -> None:
    """A degree square shrinks toward the pole on the map as it does on the earth."""

    def area(south: float, west: float) -> float:
        corners = [albers(south + up, west + across) for up, across in ((0, 0), (0, 0.1), (0.1, 0.1), (0.1, 0))]
        pairs = pairwise([*corners, corners[0]])
        return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2

    assert area(26, -81) / area(48, -122) == pytest.approx(cos(radians(26.05)) / cos(radians(48.05)), rel=1e-4)


@pytest.fixture(scope="module")
def outlines() -> dict[str, list[list[tuple[int, int]]]]:
    """The lines of both drawings, as points."""
    return {name: lines_of((COMPONENTS / f"{name}_outlines.html").read_text()) for name in ("us", "northeast")}


def lines_of(template: str) -> list[list[tuple[int, int]]]:
    (path,) = re.findall(r' d="([^"]+)"', template)
    lines = []
    for piece in path.split("M")[1:]:
        start, steps = piece.split("l")
        x, y = map(int, start.split())
        line = [(x, y)]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            line.append((x, y))
        lines.append(line)
    return lines


def test_the_outlines_are_small() -> None:
    assert sum((COMPONENTS / f"{name}_outlines.html").stat().st_size for name in ("us", "northeast")) <= 12 * 1024


def test_the_outlines_fill_the_sheet_and_stay_on_it(outlines: Any) -> None:
    points = [point for line in outlines["us"] for point in line]
    assert all(UNITED_STATES.holds(point) for point in points)
    assert max(x for x, _ in points) - min(x for x, _ in points) > 930


def test_a_border_between_two_states_is_drawn_once(outlines: Any) -> None:
    steps = [frozenset(step) for line in outlines["us"] for step in pairwise(line)]
    # In whole units a strait or a narrow bay may close, so that its shores lie on one another for a unit or two.
    long_steps = [step for step in steps if dist(*step) > 3]
    assert len(long_steps) == len(set(long_steps)) > 500


TWO_STATES = {
    "transform": {"scale": [1, 1], "translate": [-100, 40]},
    # A border up the middle, then around the west side, then around the east.
    "arcs": [[[4, 0], [0, 4]], [[4, 4], [-4, 0], [0, -4], [4, 0]], [[4, 4], [4, 0], [0, -4], [-4, 0]]],
    "objects": {
        "states": {
            "geometries": [
                {"id": "31", "arcs": [[0, 1]]},
                {"id": "19", "arcs": [[[-1, 2]]]},
                {"id": "02", "arcs": [[2]]},
            ]
        }
    },
}


def test_states_share_the_arc_between_them() -> None:
    assert len(arcs_of(TWO_STATES)) == 3
    assert path_of(arcs_of(TWO_STATES), UNITED_STATES).count("M") == 3


def test_alaska_is_left_off_the_sheet() -> None:
    only_alaska = {"states": {"geometries": [{"id": "02", "arcs": [[0]]}]}}
    assert arcs_of(TWO_STATES | {"objects": only_alaska}) == []


def test_simplifying_keeps_the_ends_and_the_corners_that_matter() -> None:
    assert simplified([(0, 0), (10, 0.1), (20, 0), (20, 20)]) == [(0, 0), (20, 0), (20, 20)]
    assert simplified([(0, 0), (1, 0), (1, 1), (0, 0)]) == [], "an island too small to see"


def test_only_what_lies_in_the_window_is_drawn() -> None:
    square = Window(0, 0, 10, 10)
    assert path_of([[(20, 20), (30, 30)]], square) == ""
    assert path_of([[(-50, 5), (5, 5), (60, 5)]], square) == "M-50 5l110 0"


def test_a_file_that_is_no_map_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "states.json"
    file.write_text("{}")
    with pytest.raises(CommandError, match="is not a map of the states"):
        call_command("draw_outlines", str(file))


@pytest.fixture
def map_of_the_record(loaded: None, db: None) -> PlacesMap:
    return places_map(places_with_a_page())


def test_every_loaded_place_stands_on_the_map(map_of_the_record: PlacesMap) -> None:
    assert {dot.name for dot in map_of_the_record.inset} == {"Boston", "Lowell", "Kingston", "Newburgh", "Rutland"}
    assert len(map_of_the_record.dots) == 8
    assert map_of_the_record.left_out == []


def test_no_two_discs_overlap_on_a_phone(map_of_the_record: PlacesMap) -> None:
    scale = PHONE_WIDTH / UNITED_STATES.width
    for dots, window in ((map_of_the_record.dots, UNITED_STATES), (map_of_the_record.inset, NORTHEAST)):
        width, height = (side * scale * window.enlarged for side in (window.width, window.height))
        middles = [(share(dot.left) * width, share(dot.top) * height) for dot in dots]
        assert all(dist(*pair) > DISC_WIDTH for pair in combinations(middles, 2))


def test_every_loaded_place_has_a_label(map_of_the_record: PlacesMap) -> None:
    assert [dot.name for dot in (*map_of_the_record.dots, *map_of_the_record.inset) if not dot.label] == []


def test_no_two_names_overlap_at_any_width(map_of_the_record: PlacesMap) -> None:
    assert overlaps(map_of_the_record.dots, UNITED_STATES) == []
    assert overlaps(map_of_the_record.inset, NORTHEAST) == []


def test_sixty_places_all_have_a_dot_and_no_two_names_overlap() -> None:
    places = [
        city(f"City {number}", 30 + number * 7 % 17, -118 + number * 11 % 44 + number / 60) for number in range(60)
    ]
    found = places_map(places)
    assert len(found.dots) + len(found.inset) == 60
    assert len([dot for dot in found.dots if dot.label]) > 20
    assert overlaps(found.dots, UNITED_STATES) == []
    assert overlaps(found.inset, NORTHEAST) == []


def test_two_places_at_one_spot_have_one_name_each_or_none() -> None:
    dots = places_map([city(f"Example City {number}") for number in range(30)]).dots
    assert len(dots) == 30
    assert overlaps(dots, UNITED_STATES) == []


@pytest.mark.parametrize(
    "place",
    [
        city("Malmö", 55.605, 13.003, country="SE"),
        city("Toronto", 43.653, -79.383, country="CA"),
        city("Honolulu", 21.307, -157.858, region="HI"),
        city("Anchorage", 61.218, -149.9, region="AK"),
        PlaceTerm(name="Example City", country="US"),
    ],
)
def test_a_place_off_the_map_has_no_dot(place: PlaceTerm) -> None:
    found = places_map([place])
    assert not found
    assert found.left_out == [place]
    assert locator(place) is None


def test_no_place_in_the_northeast_leaves_the_inset_out() -> None:
    found = places_map([city()])
    assert found.inset == []
    assert found


@pytest.mark.parametrize(
    ("region", "country", "words"),
    [
        ("MA", "US", "Massachusetts"),
        ("nc", "US", "North Carolina"),
        ("Skåne", "SE", "Skåne"),
        ("MA", "SE", "MA"),
        ("", "SE", "SE"),
        ("", "", ""),
    ],
)
def test_a_state_is_called_by_its_name(region: str, country: str, words: str) -> None:
    assert state_of(PlaceTerm(region=region, country=country)) == words


def share(percent: str) -> float:
    return float(percent.rstrip("%")) / 100


def overlaps(dots: list[Dot], window: Window) -> list[str]:
    """Names that lie over another name or another disc, at widths between those that were tried and at those."""
    found = []
    for step in range(77):
        sheet = Sheet(window, WIDTHS[0] + step / 76 * (WIDTHS[-1] - WIDTHS[0]))
        spots = [Spot(dot.name, dot.name, share(dot.left), share(dot.top)) for dot in dots]
        names = [(dot.name, sheet.name(spot, dot.label)) for dot, spot in zip(dots, spots, strict=True) if dot.label]
        discs = [(spot.name, sheet.disc(spot)) for spot in spots]
        found += [f"{one} over {other}" for (one, a), (other, b) in combinations(names, 2) if overlap(a, b)]
        found += [f"{one} over the disc of {other}" for one, a in names for other, b in discs if overlap(a, b)]
    return found


def overlap(one: Box, other: Box) -> bool:
    """By more than a tenth of a letter: positions are rounded, and names rounded up."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0.1 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.1
