"""The map of places: which stand on it, where, and which of their names have room.

It illustrates the table beside it, which holds every place and all the links. A dot has one size, whatever is on
record there. Places abroad, in Alaska, in Hawaii or without a position are in the table only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from home.places.map_labels import Label, Spot, labels_for
from home.places.projection import NORTHEAST, UNITED_STATES, Point, Window, on_the_sheet
from home.places.states import name_with_state
from site_core.taxonomy.models import PlaceTerm


@dataclass(frozen=True)
class Dot:
    """A place on a sheet: how far across and down in percent, what it is called, and its label if there is room."""

    left: str
    top: str
    title: str
    name: str
    label: Label | None = None


@dataclass(frozen=True)
class PlacesMap:
    """The map, its inset, and the places that stand on neither."""

    dots: list[Dot]
    inset: list[Dot]
    left_out: list[PlaceTerm]
    frame: Window = NORTHEAST

    def __bool__(self) -> bool:
        return bool(self.dots or self.inset)


def position_of(place: PlaceTerm) -> Point | None:
    """Where a place stands on the sheet; None for one that is not in the 48 states or has no position."""
    if place.country != "US" or place.latitude is None or place.longitude is None:
        return None
    point = on_the_sheet(float(place.latitude), float(place.longitude))
    return point if UNITED_STATES.holds(point) else None


def places_map(places: Iterable[PlaceTerm]) -> PlacesMap:
    """The map of these places. What stands in the Northeast stands in the inset only."""
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
    """The one dot of a place's own map."""
    point = position_of(place)
    return _dot(place, UNITED_STATES.share(point)) if point else None


def _dots(shares: list[tuple[PlaceTerm, Point]], window: Window, kept_free: Iterable[Window] = ()) -> list[Dot]:
    labels = labels_for([Spot(place.slug, place.name, *share) for place, share in shares], window, kept_free)
    return [_dot(place, share, labels.get(place.slug)) for place, share in shares]


def _dot(place: PlaceTerm, share: Point, label: Label | None = None) -> Dot:
    left, top = (f"{part:.2%}" for part in share)
    return Dot(left, top, name_with_state(place), place.name, label)
