"""Where the names of places stand on the map: beside the dot, at the end of a short line, and never over one another.

The map grows with the window while its dots and letters keep their size, so room is looked for at several widths. All
lengths here are in letter heights (em) of a label.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from home.places.projection import UNITED_STATES, Point, Window

# How wide the map of the country may be where names are shown, from the narrowest to the widest.
WIDTHS = (33.5, 37, 41, 46, 52, 57)
# Half a disc with its ring; a letter's width on average, rounded up; half a line of text.
DISC, LETTER, HALF_LINE = 0.46, 0.56, 0.6
# From the end of a dot's line to the name.
GAP = 0.25


@dataclass(frozen=True)
class Label:
    """Where the line from a dot ends, to the right of it and below; the name goes on from there."""

    right: float
    down: float

    @property
    def anchor(self) -> str:
        return "start" if self.right > 0 else "end"

    @property
    def text_from(self) -> float:
        return self.right + (GAP if self.right > 0 else -GAP)


# By the place's address. Chosen by eye, so that names stand over water and open country where they can.
BY_HAND = {
    "boston": Label(0.7, 1.0),
    "chicago": Label(-1.1, -0.4),
    "cincinnati": Label(-1.1, 0.7),
    "detroit": Label(-0.8, -1.1),
    "high-point": Label(0.3, 1.4),
    "kingston": Label(1.1, -0.7),
    "lowell": Label(0.9, -1.1),
    "nashville": Label(-1.1, 0.7),
    "new-orleans": Label(1.1, 1.2),
    "newburgh": Label(1.1, 0.7),
    "oakland": Label(1.1, 0.7),
    "pittsburgh": Label(0.9, 1.3),
    "rutland": Label(1.1, -0.7),
}
# Tried in this order for every other place, and for one of the above whose room is taken.
ANYWHERE = [Label(right, down) for right in (1.1, -1.1) for down in (-0.7, 0.7, 0.01, -1.6, 1.6)]


@dataclass(frozen=True)
class Spot:
    """A place on a sheet, as its share of the way across and down."""

    slug: str
    name: str
    across: float
    down: float


@dataclass(frozen=True)
class Box:
    """Some of a sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def lies_in(self, other: "Box") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Sheet:
    """A window as it is drawn at one width of the map."""

    window: Window
    map_width: float

    @property
    def scale(self) -> float:
        """Letter heights to one of the sheet's units."""
        return self.map_width * self.window.enlarged / UNITED_STATES.width

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.window.width * self.scale, self.window.height * self.scale)

    def disc(self, spot: Spot) -> Box:
        x, y = self._middle(spot)
        return Box(x - DISC, y - DISC, x + DISC, y + DISC)

    def name(self, spot: Spot, label: Label) -> Box:
        x, y = self._middle(spot)
        start = x + label.text_from
        left = start if label.right > 0 else start - LETTER * len(spot.name)
        return Box(left, y + label.down - HALF_LINE, left + LETTER * len(spot.name), y + label.down + HALF_LINE)

    def part(self, part: Window) -> Box:
        """Where another window lies on this one."""
        left, top = part.left - self.window.left, part.top - self.window.top
        edges = (left, top, left + part.width, top + part.height)
        return Box(*(edge * self.scale for edge in edges))

    def _middle(self, spot: Spot) -> Point:
        return spot.across * self.whole.right, spot.down * self.whole.bottom


def labels_for(spots: list[Spot], window: Window, kept_free: Iterable[Window] = ()) -> dict[str, Label]:
    """The label of each place that has room for one at every width, by its address. Those set by hand come first."""
    taken = {
        Sheet(window, width): [
            *(Sheet(window, width).part(part) for part in kept_free),
            *(Sheet(window, width).disc(spot) for spot in spots),
        ]
        for width in WIDTHS
    }
    labels = {}
    for spot in sorted(spots, key=lambda spot: spot.slug not in BY_HAND):
        for label in (*([BY_HAND[spot.slug]] if spot.slug in BY_HAND else []), *ANYWHERE):
            boxes = {sheet: sheet.name(spot, label) for sheet in taken}
            if all(has_room(sheet, box, taken[sheet]) for sheet, box in boxes.items()):
                labels[spot.slug] = label
                for sheet, box in boxes.items():
                    taken[sheet].append(box)
                break
    return labels


def has_room(sheet: Sheet, box: Box, taken: Iterable[Box]) -> bool:
    return box.lies_in(sheet.whole) and not any(box.meets(other) for other in taken)
