"""Places the names on the map: each beside its dot, at the end of a short line, so that no two names overlap.

The map grows with the browser window while its dots and letters keep their size, so a label must fit at several
widths. All lengths are in letter heights (em) of a label.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from site_core.taxonomy.projection import UNITED_STATES, Point, Window

# Widths of the map at which names are shown, from the narrowest to the widest.
WIDTHS = (33.5, 37, 41, 46, 52, 57)
# The radius of a dot with its ring, the average width of a letter (rounded up), and half the height of a line.
DISC, LETTER, HALF_LINE = 0.46, 0.56, 0.6
# The distance from the end of the line to the name.
GAP = 0.25


@dataclass(frozen=True)
class Label:
    """The end of the line from a dot, as an offset to the right and down. The name starts there."""

    right: float
    down: float

    @property
    def anchor(self) -> str:
        return "start" if self.right > 0 else "end"

    @property
    def text_from(self) -> float:
        return self.right + (GAP if self.right > 0 else -GAP)


# The label positions to try, in this order.
POSITIONS = [
    *(Label(right, down) for right in (1.1, -1.1) for down in (-0.7, 0.7, 0.01, -1.6, 1.6)),
    *(Label(right, down) for right in (0.4, -0.4) for down in (1.4, -1.4)),
]


@dataclass(frozen=True)
class Spot:
    """A place on a sheet. `across` and `down` are fractions of the width and the height."""

    slug: str
    name: str
    across: float
    down: float


@dataclass(frozen=True)
class Box:
    """A rectangle on a sheet."""

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
    """A window, drawn at one width of the map."""

    window: Window
    map_width: float

    @property
    def scale(self) -> float:
        """Letter heights per unit of the map."""
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
        """The rectangle of another window on this one."""
        left, top = part.left - self.window.left, part.top - self.window.top
        edges = (left, top, left + part.width, top + part.height)
        return Box(*(edge * self.scale for edge in edges))

    def _middle(self, spot: Spot) -> Point:
        return spot.across * self.whole.right, spot.down * self.whole.bottom


def labels_for(spots: list[Spot], window: Window, kept_free: Iterable[Window] = ()) -> dict[str, Label]:
    """Return a label by slug for each place whose name has room at every width, and none for the other places.

    The places with the fewest free positions choose first.
    """
    sheets = [Sheet(window, width) for width in WIDTHS]
    taken = [[*(sheet.part(part) for part in kept_free), *(sheet.disc(spot) for spot in spots)] for sheet in sheets]

    def has_room(spot: Spot, label: Label) -> bool:
        return all(is_free(sheet, sheet.name(spot, label), boxes) for sheet, boxes in zip(sheets, taken, strict=True))

    free = {spot: [label for label in POSITIONS if has_room(spot, label)] for spot in spots}
    labels = {}
    for spot in sorted(spots, key=lambda spot: len(free[spot])):
        if label := next((label for label in free[spot] if has_room(spot, label)), None):
            labels[spot.slug] = label
            for sheet, boxes in zip(sheets, taken, strict=True):
                boxes.append(sheet.name(spot, label))
    return labels


def is_free(sheet: Sheet, box: Box, taken: Iterable[Box]) -> bool:
    return box.lies_in(sheet.whole) and not any(box.meets(other) for other in taken)
