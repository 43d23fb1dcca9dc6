"""The picture that other sites show when somebody shares a link: 1200 × 630 pixels, drawn from its words alone."""

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from site_core.brand.logo import draw_logo
from site_core.social_cards.typesetting import DISPLAY, SANS, Lettering

# One more whenever the drawing changes, so that pictures drawn before are drawn again.
DRAWING = 1

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
# The tokens --band, --band-ink, --band-soft and --lamp of the stylesheet.
BAND, BAND_INK, BAND_SOFT, LAMP = "#0f322f", "#f2f6f4", "#b8c9c3", "#fabb41"
LAMP_BAR = 12
LOGO_SIZE = 44
NAME = Lettering(SANS, 28)
FOOT = Lettering(SANS, 28)
# Baselines, in pixels from the top.
NAME_BASELINE = 104
FOOT_BASELINE = HEIGHT - MARGIN - LAMP_BAR
TITLE_SIZES = range(68, 43, -2)
TITLE_LINES = 4
LINE_HEIGHT = 1.12
# Flat color and smooth edges need few colors, and the file stays small.
COLORS = 64


@dataclass(frozen=True)
class Card:
    """What every card says, and how the picture begins. The words alone decide the picture."""

    organization: str

    @property
    def digest(self) -> str:
        """Other words, another digest: a picture may be kept as long as its address is known."""
        return hashlib.sha256(repr((type(self).__name__, DRAWING, astuple(self))).encode()).hexdigest()[:16]

    @property
    def words(self) -> str:
        """Everything the picture says, for those who do not see it."""
        raise NotImplementedError

    def draw(self) -> bytes:
        """The picture as a PNG file."""
        image = Image.new("RGB", (WIDTH, HEIGHT), BAND)
        picture = ImageDraw.Draw(image)
        picture.rectangle((0, HEIGHT - LAMP_BAR, WIDTH, HEIGHT), fill=LAMP)
        mark = draw_logo(LOGO_SIZE, BAND_INK, BAND, LAMP)
        # The window stands in the middle of its square: its own left edge keeps to the margin.
        beside = (LOGO_SIZE * 3) // 24
        image.paste(mark, (MARGIN - beside, MARGIN), mark)
        x = MARGIN + LOGO_SIZE - 2 * beside + 20
        name = NAME.shortened(self.organization, WIDTH - MARGIN - x)
        NAME.draw(picture, x, NAME_BASELINE, name, BAND_INK)
        self.draw_words(picture)
        file = BytesIO()
        image.quantize(COLORS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()

    def draw_words(self, picture: ImageDraw.ImageDraw) -> None:
        """What stands between the name and the lamp."""
        raise NotImplementedError


@dataclass(frozen=True)
class SocialCard(Card):
    """The card of a page: its title, and at the foot what kind of page it is and where it comes from."""

    title: str
    foot: str = ""

    @property
    def words(self) -> str:
        return ". ".join(part for part in (self.title, self.foot, self.organization) if part)

    def draw_words(self, picture: ImageDraw.ImageDraw) -> None:
        FOOT.draw(picture, MARGIN, FOOT_BASELINE, FOOT.shortened(self.foot, ROOM), BAND_SOFT)
        lettering, lines = self._title()
        baseline: float = FOOT_BASELINE - (84 if self.foot else 0)
        for line in reversed(lines):
            lettering.draw(picture, MARGIN, baseline, line, BAND_INK)
            baseline -= lettering.size * LINE_HEIGHT

    def _title(self) -> tuple[Lettering, list[str]]:
        """The title in the largest size in which it fits, shortened only where it does not fit in the smallest."""
        for size in TITLE_SIZES:
            lettering = Lettering(DISPLAY, size)
            if len(lettering.lines(self.title, ROOM)) <= TITLE_LINES:
                return lettering, lettering.balanced(self.title, ROOM)
        return lettering, lettering.shortened_lines(self.title, ROOM, TITLE_LINES)
