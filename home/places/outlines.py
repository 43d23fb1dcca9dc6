"""The outlines of the states, drawn once from the Census Bureau's cartographic boundaries (public domain).

They come in the edition of 2017, as TopoJSON from the npm package us-atlas: a border that two states share is one arc
there, so it is simplified once, drawn once, and never gapes. Alaska, Hawaii and the territories lie off the sheet.
"""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

from home.places.projection import NORTHEAST, UNITED_STATES, Point, Window, on_the_sheet

Arc = list[Point]

# The Census Bureau's numbers of Alaska, Hawaii, American Samoa, Guam, the Northern Marianas, Puerto Rico and the
# Virgin Islands.
OFF_THE_SHEET = {"02", "15", "60", "66", "69", "72", "78"}
# A corner that makes a smaller triangle with its neighbors is dropped, and so is a smaller island; in square units.
COARSEST = 2.0


def united_states(topology: dict[str, Any]) -> str:
    """The outlines as the data of an SVG path."""
    return path_of(arcs_of(topology), UNITED_STATES)


def northeast(topology: dict[str, Any]) -> str:
    """The same for the inset, as exact for its size as the map is."""
    return path_of(arcs_of(topology), NORTHEAST)


def arcs_of(topology: dict[str, Any]) -> list[Arc]:
    """Every border and coast of the 48 states and the District of Columbia once, in the sheet's units."""
    states = topology["objects"]["states"]["geometries"]
    used = {number for state in states if state["id"] not in OFF_THE_SHEET for number in _arc_numbers(state["arcs"])}
    return [_decoded(topology["arcs"][number], topology["transform"]) for number in sorted(used)]


def path_of(arcs: list[Arc], window: Window) -> str:
    """What of the arcs lies in the window, simplified, in whole units from its corner."""
    enlarged, pieces = window.enlarged, []
    for arc in arcs:
        drawn = [((x - window.left) * enlarged, (y - window.top) * enlarged) for x, y in arc]
        for run in _runs_near(simplified(drawn), window.width * enlarged, window.height * enlarged):
            pieces.append(_piece([(round(x), round(y)) for x, y in run]))
    return "".join(pieces)


def simplified(arc: Arc) -> Arc:
    """An arc without the corners that say little, by Visvalingam's method. Its ends stay: other arcs meet it there."""
    if arc[0] == arc[-1] and _area(arc) < COARSEST:
        return []
    arc = list(arc)
    while len(arc) > 2:
        sizes = [_area(arc[at - 1 : at + 2]) for at in range(1, len(arc) - 1)]
        if min(sizes) >= COARSEST:
            break
        del arc[sizes.index(min(sizes)) + 1]
    return arc


def _arc_numbers(nested: Any) -> Iterator[int]:
    """The arcs of a state's rings. A border run through backwards has the complement of its number."""
    for part in nested:
        if isinstance(part, list):
            yield from _arc_numbers(part)
        else:
            yield part if part >= 0 else ~part


def _decoded(steps: list[list[int]], transform: dict[str, list[float]]) -> Arc:
    """Each step is a difference from the last, in the file's grid."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    grid = accumulate(steps, lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return [on_the_sheet(latitude=y * up + south, longitude=x * across + west) for x, y in grid]


def _area(points: Arc) -> float:
    """The area within a closed line through the points."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2


def _runs_near(arc: Arc, width: float, height: float) -> Iterator[Arc]:
    """The stretches of an arc that touch a box, each with the point before and the point after."""
    run: Arc = []
    for start, end in pairwise(arc):
        beside = max(start[0], end[0]) < 0 or min(start[0], end[0]) > width
        if beside or max(start[1], end[1]) < 0 or min(start[1], end[1]) > height:
            if run:
                yield run
            run = []
        else:
            run = [*(run or [start]), end]
    if run:
        yield run


def _piece(points: list[tuple[int, int]]) -> str:
    """One line of a path: its start, then the steps, written as short as SVG allows."""
    steps = [(x - last_x, y - last_y) for (last_x, last_y), (x, y) in pairwise(points) if (x, y) != (last_x, last_y)]
    if not steps:
        return ""
    numbers = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{numbers}"
