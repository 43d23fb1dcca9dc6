"""The map of places: the position of each dot, and the label of each dot that has room for one.

The map illustrates the table beside it, which has every place and all the links. All dots have the same size. Places
abroad, in Alaska, in Hawaii or without coordinates are in the table only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from home.places.map_labels import Label, Spot, labels_for
from home.places.projection import NORTHEAST, UNITED_STATES, Point, Window, project
from home.places.states import name_with_state
from site_core.taxonomy.models import PlaceTerm


@dataclass(frozen=True)
class Dot:
    """The dot of a place, at a position in percent, with its label if there is room for one."""

    left: str
    top: str
    title: str
    name: str
    label: Label | None = None


@dataclass(frozen=True)
class PlacesMap:
    """The map, its inset of the Northeast, and the places that are on neither."""

    dots: list[Dot]
    inset: list[Dot]
    left_out: list[PlaceTerm]
    frame: Window = NORTHEAST

    def __bool__(self) -> bool:
        return bool(self.dots or self.inset)


def position_of(place: PlaceTerm) -> Point | None:
    """Return the position of a place on the map, or None if it is outside the 48 states or has no coordinates."""
    if place.country != "US" or place.latitude is None or place.longitude is None:
        return None
    point = project(float(place.latitude), float(place.longitude))
    return point if UNITED_STATES.holds(point) else None


def places_map(places: Iterable[PlaceTerm]) -> PlacesMap:
    """Return the map of these places. Places in the Northeast are in the inset only."""
    country: list[tuple[PlaceTerm, Point]] = []
    northeast: list[tuple[PlaceTerm, Point]] = []
    left_out: list[PlaceTerm] = []
    for place in places:
        if not (point := position_of(place)):
            left_out.append(place)
        elif NORTHEAST.holds(point):
            northeast.append((place, NORTHEAST.share(point)))
        else:
            country.append((place, UNITED_STATES.share(point)))
    return PlacesMap(
        dots=_dots(country, UNITED_STATES, kept_free=[NORTHEAST] if northeast else []),
        inset=_dots(northeast, NORTHEAST),
        left_out=left_out,
    )


def locator(place: PlaceTerm) -> Dot | None:
    """Return the dot of the map on a place's own page."""
    point = position_of(place)
    return _dot(place, UNITED_STATES.share(point)) if point else None


def _dots(shares: list[tuple[PlaceTerm, Point]], window: Window, kept_free: Iterable[Window] = ()) -> list[Dot]:
    labels = labels_for([Spot(place.slug, place.name, *share) for place, share in shares], window, kept_free)
    return [_dot(place, share, labels.get(place.slug)) for place, share in shares]


def _dot(place: PlaceTerm, share: Point, label: Label | None = None) -> Dot:
    left, top = (f"{part:.2%}" for part in share)
    return Dot(left, top, name_with_state(place), place.name, label)
