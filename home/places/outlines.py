"""Draws the outlines of the states from the Census Bureau's cartographic boundaries (public domain).

The source is the 2017 edition, as TopoJSON from the npm package us-atlas. In TopoJSON, a border between two states is
one arc, so it is simplified and drawn once, without gaps. Alaska, Hawaii and the territories are off the map.
"""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

from site_core.taxonomy.projection import Point, Window, project

Arc = list[Point]

# The FIPS codes of Alaska, Hawaii, American Samoa, Guam, the Northern Marianas, Puerto Rico and the Virgin Islands.
OFF_THE_MAP = {"02", "15", "60", "66", "69", "72", "78"}
# Corners whose triangle with their neighbors is smaller are dropped, and so are smaller islands. In square units.
MIN_AREA = 2.0


def arcs_of(topology: dict[str, Any]) -> list[Arc]:
    """Return every border and coast of the 48 states and the District of Columbia once, in units of the map."""
    states = topology["objects"]["states"]["geometries"]
    used = {index for state in states if state["id"] not in OFF_THE_MAP for index in _arc_indexes(state["arcs"])}
    return [_decoded(topology["arcs"][index], topology["transform"]) for index in sorted(used)]


def path_of(arcs: list[Arc], window: Window) -> str:
    """Return the arcs inside the window as the data of an SVG path: simplified, in whole units from its corner."""
    enlarged, pieces = window.enlarged, []
    for arc in arcs:
        drawn = [((x - window.left) * enlarged, (y - window.top) * enlarged) for x, y in arc]
        for run in _runs_near(simplified(drawn), window.width * enlarged, window.height * enlarged):
            pieces.append(_piece([(round(x), round(y)) for x, y in run]))
    return "".join(pieces)


def simplified(arc: Arc) -> Arc:
    """Drop the least significant corners of an arc, by Visvalingam's method. Keep its ends, where others meet it."""
    if arc[0] == arc[-1] and _area(arc) < MIN_AREA:
        return []
    arc = list(arc)
    while len(arc) > 2:
        sizes = [_area(arc[at - 1 : at + 2]) for at in range(1, len(arc) - 1)]
        if min(sizes) >= MIN_AREA:
            break
        del arc[sizes.index(min(sizes)) + 1]
    return arc


def _arc_indexes(nested: list[Any]) -> Iterator[int]:
    """Yield the arcs of a state's rings. TopoJSON marks an arc in reverse by the complement of its index."""
    for part in nested:
        if isinstance(part, list):
            yield from _arc_indexes(part)
        else:
            yield part if part >= 0 else ~part


def _decoded(steps: list[list[int]], transform: dict[str, list[float]]) -> Arc:
    """Decode an arc, whose points are differences from the point before, on the grid of the file."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    grid = accumulate(steps, lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return [project(latitude=y * up + south, longitude=x * across + west) for x, y in grid]


def _area(points: Arc) -> float:
    """Return the area of the polygon."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2


def _runs_near(arc: Arc, width: float, height: float) -> Iterator[Arc]:
    """Yield the parts of an arc that touch a box, each with the point before and the point after."""
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
    """Return one line of a path in the shortest notation: its start, then relative steps."""
    steps = [(x - last_x, y - last_y) for (last_x, last_y), (x, y) in pairwise(points) if (x, y) != (last_x, last_y)]
    if not steps:
        return ""
    numbers = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{numbers}"
