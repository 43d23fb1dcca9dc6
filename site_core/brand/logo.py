"""The logo: a sash window of six panes, the first one lit. This module alone defines its geometry.

`manage.py draw_logo` writes the files for browsers and templates. The social cards draw it directly.
"""

from dataclasses import dataclass

from PIL import Image, ImageDraw

UNITS = 24
FRAME = 2.0
COLUMNS, ROWS = 2, 3

# The tokens --ink, --paper and --lamp of the stylesheet, for the light and the dark color scheme.
INK, PAPER, LAMP = "#0f2322", "#f7fbfa", "#fabb41"
DARK_INK, DARK_PAPER, DARK_LAMP = "#e7ede9", "#0a1a19", "#f7bc50"
# The logo is drawn this many times larger and scaled down, for smooth edges.
OVERSAMPLING = 8


@dataclass(frozen=True)
class Rectangle:
    """In units of the logo, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def path(self) -> str:
        """The `d` attribute of an SVG path."""
        return f"M{_plain(self.x)} {_plain(self.y)}h{_plain(self.width)}v{_plain(self.height)}h{_plain(-self.width)}z"

    def svg(self, attributes: str) -> str:
        sides = (
            f'x="{_plain(self.x)}" y="{_plain(self.y)}" width="{_plain(self.width)}" height="{_plain(self.height)}"'
        )
        return f"<rect {attributes} {sides}/>"

    def corners(self, scale: float) -> tuple[float, float, float, float]:
        """The corners for Pillow, which includes the last pixel."""
        right, bottom = self.x + self.width, self.y + self.height
        return self.x * scale, self.y * scale, right * scale - 1, bottom * scale - 1


WINDOW = Rectangle(3, 0, 18, UNITS)


def panes() -> list[Rectangle]:
    """The six panes in reading order. The first one is lit."""
    width = (WINDOW.width - FRAME * (COLUMNS + 1)) / COLUMNS
    height = (WINDOW.height - FRAME * (ROWS + 1)) / ROWS
    return [
        Rectangle(
            WINDOW.x + FRAME + column * (width + FRAME), WINDOW.y + FRAME + row * (height + FRAME), width, height
        )
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]


def frame_path(holes: list[Rectangle]) -> str:
    """The window with these panes cut out, for a path with the even-odd fill rule."""
    return "".join(part.path for part in (WINDOW, *holes))


def icon_svg() -> str:
    """The icon for browser tabs. It follows the system's light or dark setting."""
    style = _colors(INK, PAPER, LAMP)
    style += f"@media (prefers-color-scheme:dark){{{_colors(DARK_INK, DARK_PAPER, DARK_LAMP)}}}"
    first, *others = panes()
    rectangles = [
        WINDOW.svg('class="frame"'),
        first.svg('class="lit"'),
        *(pane.svg('class="pane"') for pane in others),
    ]
    return _svg(f"<style>{style}</style>" + "".join(rectangles))


def mask_svg() -> str:
    """The logo in one color, for systems that set the color. The lit pane is solid."""
    return _svg(f'<path fill-rule="evenodd" d="{frame_path(panes()[1:])}"/>')


def component_html() -> str:
    """The logo inside a page: the frame has the color of the surrounding text, and the panes are transparent."""
    lit = panes()[0].svg('class="lit" fill="var(--lamp)"')
    return (
        "{# The window, its first pane lit. Drawn by `manage.py draw_logo`. Needs nothing. #}\n"
        f'<svg class="mark" viewBox="0 0 {UNITS} {UNITS}" width="28" height="28" aria-hidden="true" focusable="false">'
        f'<path fill="currentColor" fill-rule="evenodd" d="{frame_path(panes())}"/>'
        f"{lit}</svg>\n"
    )


def draw_logo(size: int, frame: str, pane: str, lamp: str) -> Image.Image:
    """The logo in these colors, `size` pixels wide and high, transparent around the window."""
    scale = size * OVERSAMPLING / UNITS
    image = Image.new("RGBA", (size * OVERSAMPLING, size * OVERSAMPLING))
    draw = ImageDraw.Draw(image)
    draw.rectangle(WINDOW.corners(scale), fill=frame)
    first, *others = panes()
    draw.rectangle(first.corners(scale), fill=lamp)
    for rectangle in others:
        draw.rectangle(rectangle.corners(scale), fill=pane)
    return image.resize((size, size), Image.Resampling.BOX)


def draw_icon(size: int) -> Image.Image:
    """The logo with a margin on a paper background, for home screens, which cut off corners."""
    icon = Image.new("RGB", (size, size), PAPER)
    drawn = draw_logo(round(size * 0.62), INK, PAPER, LAMP)
    corner = (size - drawn.width) // 2
    icon.paste(drawn, (corner, corner), drawn)
    return icon


def _colors(frame: str, pane: str, lamp: str) -> str:
    return f".frame{{fill:{frame}}}.pane{{fill:{pane}}}.lit{{fill:{lamp}}}"


def _svg(content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNITS} {UNITS}">{content}</svg>\n'


def _plain(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
