"""Social cards: images of 1200 × 630 pixels that other sites show with a shared link, drawn from text alone."""

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from site_core.social_cards.typesetting import DISPLAY, SANS, Lettering

# Increase it whenever the drawing changes, so that stored images are drawn again.
DRAWING_VERSION = 1

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
# The tokens --band, --band-ink, --band-soft and --lamp of the stylesheet.
BAND, BAND_INK, BAND_SOFT, LAMP = "#0f322f", "#f2f6f4", "#b8c9c3", "#fabb41"
LAMP_BAR = 12
# In the colors of the band, transparent around the window.
LOGO = Image.open(Path(__file__).with_name("logo.png")).convert("RGBA")
NAME = Lettering(SANS, 28)
FOOT = Lettering(SANS, 28)
# Baselines, in pixels from the top.
NAME_BASELINE = 104
FOOT_BASELINE = HEIGHT - MARGIN - LAMP_BAR
TITLE_SIZES = range(68, 43, -2)
TITLE_LINES = 4
LINE_HEIGHT = 1.12
# Flat areas with smooth edges need few colors, which keeps the file small.
COLORS = 64


@dataclass(frozen=True)
class Card:
    """The base of all cards. Cards with the same text have the same image."""

    organization: str

    @property
    def digest(self) -> str:
        """A digest of the text and the drawing version. It is part of the image's URL."""
        return hashlib.sha256(repr((type(self).__name__, DRAWING_VERSION, astuple(self))).encode()).hexdigest()[:16]

    @property
    def words(self) -> str:
        """The alternative text: everything that the image says."""
        raise NotImplementedError

    def draw(self) -> bytes:
        """The image as a PNG file."""
        image = Image.new("RGB", (WIDTH, HEIGHT), BAND)
        picture = ImageDraw.Draw(image)
        picture.rectangle((0, HEIGHT - LAMP_BAR, WIDTH, HEIGHT), fill=LAMP)
        # The window is in the middle of the logo's square. Its own left edge is aligned with the margin.
        inset = (LOGO.width * 3) // 24
        image.paste(LOGO, (MARGIN - inset, MARGIN), LOGO)
        x = MARGIN + LOGO.width - 2 * inset + 20
        name = NAME.shortened(self.organization, WIDTH - MARGIN - x)
        NAME.draw(picture, x, NAME_BASELINE, name, BAND_INK)
        self.draw_words(picture)
        file = BytesIO()
        image.quantize(COLORS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()

    def draw_words(self, picture: ImageDraw.ImageDraw) -> None:
        """Draws the text between the organization's name and the lamp bar."""
        raise NotImplementedError


@dataclass(frozen=True)
class SocialCard(Card):
    """The card of a page: its title, with the kind of page and its source below."""

    title: str
    foot: str = ""

    @property
    def words(self) -> str:
        return ". ".join(part.removesuffix(".") for part in (self.title, self.foot, self.organization) if part)

    def draw_words(self, picture: ImageDraw.ImageDraw) -> None:
        FOOT.draw(picture, MARGIN, FOOT_BASELINE, FOOT.shortened(self.foot, ROOM), BAND_SOFT)
        lettering, lines = self._title()
        baseline: float = FOOT_BASELINE - (84 if self.foot else 0)
        for line in reversed(lines):
            lettering.draw(picture, MARGIN, baseline, line, BAND_INK)
            baseline -= lettering.size * LINE_HEIGHT

    def _title(self) -> tuple[Lettering, list[str]]:
        """The title in the largest size in which it fits. It is shortened if it does not fit in the smallest."""
        for size in TITLE_SIZES:
            lettering = Lettering(DISPLAY, size)
            if len(lettering.lines(self.title, ROOM)) <= TITLE_LINES:
                return lettering, lettering.balanced(self.title, ROOM)
        return lettering, lettering.shortened_lines(self.title, ROOM, TITLE_LINES)
