"""The projection of the map: Albers equal-area conic, as on the Census Bureau's own maps.

Areas keep their size, and the states look as most Americans know them. The formulas are Snyder's, "Map
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

# The scale, in units of the map per radius of the earth, and the position of the center. They make the 48 states fill
# a map 960 wide, with a margin of about seven.
UNITS_PER_RADIUS = 1310
CENTER = (490.0, 329.0)


@dataclass(frozen=True)
class Window:
    """A part of the map, in units of the map, and the factor by which it is enlarged."""

    left: float
    top: float
    width: float
    height: float
    enlarged: int = 1

    def holds(self, point: Point) -> bool:
        x, y = self.share(point)
        return 0 <= x <= 1 and 0 <= y <= 1

    def share(self, point: Point) -> Point:
        """Return the position of a point as fractions of the width and height, which are 0 to 1 inside the window."""
        return (point[0] - self.left) / self.width, (point[1] - self.top) / self.height


UNITED_STATES = Window(0, 0, 960, 612)
# From New York and Philadelphia to Portland, where places are too close for the map of the country on a phone.
NORTHEAST = Window(838, 114, 92, 122.4, enlarged=5)


def albers(latitude: float, longitude: float) -> Point:
    """Return the distances of a point in degrees to the east and north of the center, in radii of the earth."""
    angle = _CONE * radians(longitude - CENTER_LONGITUDE)
    distance = _distance_to_pole(latitude)
    return distance * sin(angle), _distance_to_pole(CENTER_LATITUDE) - distance * cos(angle)


def project(latitude: float, longitude: float) -> Point:
    """Return the position of a point in degrees, in units of the map from its left edge and its top."""
    east, north = albers(latitude, longitude)
    return CENTER[0] + UNITS_PER_RADIUS * east, CENTER[1] - UNITS_PER_RADIUS * north


def _distance_to_pole(latitude: float) -> float:
    return sqrt(_CONSTANT - 2 * _CONE * sin(radians(latitude))) / _CONE
