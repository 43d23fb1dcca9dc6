"""The map of places: the position of each dot, and the label of each dot that has room for one.

Each dot and its name are a link. The table beside the map has every place, each with the number that stands in its dot
on a phone, where names have no room. All dots have the same size. Places abroad, in Alaska, in Hawaii or without
coordinates are in the table only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from home.places.map_labels import LETTER, Label, Spot, labels_for
from home.places.states import name_with_state
from site_core.taxonomy.models import PlaceTerm
from site_core.taxonomy.projection import NORTHEAST, UNITED_STATES, Point, Window, project

# A place with its number and its position, in fractions of the width and the height.
Placed = tuple[int, PlaceTerm, Point]


@dataclass(frozen=True)
class Dot:
    """The dot of a place, at a position in percent, with its label if there is room for one.

    `number` is the place's position in the table, 0 on a map that has none.
    """

    left: str
    top: str
    title: str
    name: str
    slug: str
    number: int = 0
    label: Label | None = None

    @property
    def name_ends_at(self) -> float:
        """The far end of the name, in em to the right of the dot. The target of the link reaches to it."""
        if not self.label:
            return 0
        width = LETTER * len(self.name)
        return self.label.text_from + (width if self.label.right > 0 else -width)


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
    country: list[Placed] = []
    northeast: list[Placed] = []
    left_out: list[PlaceTerm] = []
    for number, place in enumerate(places, start=1):
        if not (point := position_of(place)):
            left_out.append(place)
        elif NORTHEAST.holds(point):
            northeast.append((number, place, NORTHEAST.share(point)))
        else:
            country.append((number, place, UNITED_STATES.share(point)))
    return PlacesMap(
        dots=_dots(country, UNITED_STATES, kept_free=[NORTHEAST] if northeast else []),
        inset=_dots(northeast, NORTHEAST),
        left_out=left_out,
    )


def locator(place: PlaceTerm) -> Dot | None:
    """Return the dot of the map on a place's own page."""
    point = position_of(place)
    return _dot(0, place, UNITED_STATES.share(point)) if point else None


def _dots(placed: list[Placed], window: Window, kept_free: Iterable[Window] = ()) -> list[Dot]:
    labels = labels_for([Spot(place.slug, place.name, *share) for _, place, share in placed], window, kept_free)
    return [_dot(number, place, share, labels.get(place.slug)) for number, place, share in placed]


def _dot(number: int, place: PlaceTerm, share: Point, label: Label | None = None) -> Dot:
    left, top = (f"{part:.2%}" for part in share)
    return Dot(left, top, name_with_state(place), place.name, place.slug, number, label)
