"""How the earth is laid flat: the Albers equal-area conic projection that the Census Bureau's own maps use.

A place keeps its size on the map, and the states look as most Americans know them. The formulas are Snyder's, "Map
Projections: A Working Manual" (U.S. Geological Survey, 1987), equations 14-1 to 14-6, for a sphere.
"""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

Point = tuple[float, float]

# Degrees: the two parallels that are true to scale, and the center.
PARALLELS = (29.5, 45.5)
CENTER_LATITUDE, CENTER_LONGITUDE = 37.5, -96.0

_SOUTH, _NORTH = map(radians, PARALLELS)
_CONE = (sin(_SOUTH) + sin(_NORTH)) / 2
_CONSTANT = cos(_SOUTH) ** 2 + 2 * _CONE * sin(_SOUTH)

# The sheet's own units: so many to the earth's radius, with the center there. Chosen so that the 48 states fill a
# sheet 960 wide and leave a margin of about seven.
UNITS_TO_THE_RADIUS = 1310
CENTER = (490.0, 329.0)


@dataclass(frozen=True)
class Window:
    """A part of the sheet that is shown, in the sheet's units, and how many times enlarged."""

    left: float
    top: float
    width: float
    height: float
    enlarged: int = 1

    def holds(self, point: Point) -> bool:
        x, y = self.share(point)
        return 0 <= x <= 1 and 0 <= y <= 1

    def share(self, point: Point) -> Point:
        """How far across and down the window a point stands: 0 to 1 inside it."""
        return (point[0] - self.left) / self.width, (point[1] - self.top) / self.height


UNITED_STATES = Window(0, 0, 960, 612)
# New York and Philadelphia to Portland: where our places stand so close that a phone could not tell them apart.
NORTHEAST = Window(838, 114, 92, 122.4, enlarged=5)


def albers(latitude: float, longitude: float) -> Point:
    """Where a point in degrees lies east and north of the center, in radii of the earth."""
    angle = _CONE * radians(longitude - CENTER_LONGITUDE)
    distance = _from_the_pole(latitude)
    return distance * sin(angle), _from_the_pole(CENTER_LATITUDE) - distance * cos(angle)


def on_the_sheet(latitude: float, longitude: float) -> Point:
    """The same in the sheet's units: across from its left edge, and down from its top."""
    east, north = albers(latitude, longitude)
    return CENTER[0] + UNITS_TO_THE_RADIUS * east, CENTER[1] - UNITS_TO_THE_RADIUS * north


def _from_the_pole(latitude: float) -> float:
    return sqrt(_CONSTANT - 2 * _CONE * sin(radians(latitude))) / _CONE
