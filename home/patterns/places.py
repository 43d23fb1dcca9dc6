"""The patterns of maps."""

from decimal import Decimal

from home.patterns.pattern import Example, Group, Pattern
from home.places.map import locator, places_map
from site_core.taxonomy.models import PlaceTerm


def place(name: str, latitude: str, longitude: str) -> PlaceTerm:
    """Return an unsaved place at coordinates in degrees."""
    return PlaceTerm(
        name=name,
        slug=name.lower().replace(" ", "-"),
        country="US",
        latitude=Decimal(latitude),
        longitude=Decimal(longitude),
    )


def map_patterns() -> Group:
    """Return the map of places with and without its inset, and the map of one place."""
    west, south = place("Example West", "44.1", "-110.2"), place("Example South", "31.4", "-98.7")
    northeast = [place("Example North", "43.9", "-73.1"), place("Example East", "42.1", "-72.2")]
    return Group(
        "Maps",
        [
            Pattern(
                "components/places_map.html",
                [
                    Example({"map": places_map([west, south, *northeast])}, "With places in the Northeast"),
                    Example({"map": places_map([west, south])}, "Without any"),
                ],
            ),
            Pattern("components/locator_map.html", [Example({"dot": locator(west)})]),
        ],
    )
