"""Sets text on images in the site's fonts: chooses the font file for each letter, measures lines and breaks them."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from anyascii import anyascii
from PIL import ImageDraw, ImageFont

from site_core.brand.fonts import (
    SANS_LATIN_1,
    SANS_TEXT,
    SERIF_DISPLAY,
    SERIF_DISPLAY_LATIN_1,
    SERIF_NUMERALS,
    SERIF_TEXT,
    SERIF_TEXT_LATIN_1,
    Cut,
)

ELLIPSIS = "…"
# Proportional figures: the serif's default is tabular.
FEATURES = ["pnum"]


@dataclass(frozen=True)
class Face:
    """A font file, a weight in it, and the file with the accented letters."""

    cut: Cut
    weight: int
    accented: Cut | None = None


DISPLAY = Face(SERIF_DISPLAY, 400, SERIF_DISPLAY_LATIN_1)
TEXT = Face(SERIF_TEXT, 400, SERIF_TEXT_LATIN_1)
SANS = Face(SANS_TEXT, 400, SANS_LATIN_1)
SANS_BOLD = Face(SANS_TEXT, 600, SANS_LATIN_1)


def numerals(weight: int) -> Face:
    return Face(SERIF_NUMERALS, weight)


@lru_cache(maxsize=64)
def font(cut: Cut, weight: int, size: int) -> ImageFont.FreeTypeFont:
    """A font file at a weight and a size in pixels."""
    found = ImageFont.truetype(cut.path, size, layout_engine=ImageFont.Layout.RAQM)
    if cut.has_weights:
        found.set_variation_by_axes([weight])
    return found


@dataclass(frozen=True)
class Lettering:
    """A face at a size in pixels."""

    face: Face
    size: int

    def width(self, text: str) -> float:
        return sum(self._font(cut).getlength(run, features=FEATURES) for cut, run in self._runs(text))

    def draw(self, picture: ImageDraw.ImageDraw, x: float, baseline: float, text: str, color: str) -> float:
        """Draws one line on the baseline. Returns the x position after its last letter."""
        for cut, run in self._runs(text):
            picture.text((x, baseline), run, fill=color, font=self._font(cut), anchor="ls", features=FEATURES)
            x += self._font(cut).getlength(run, features=FEATURES)
        return x

    def ink_left(self, letter: str) -> float:
        """The distance in pixels from a letter's origin to its first ink."""
        ink = self._font(self.face.cut).getmask(letter, features=FEATURES).getbbox()
        return float(ink[0]) if ink else 0.0

    def lines(self, text: str, room: float) -> list[str]:
        """The text in the fewest lines of at most `room` pixels. A wider word is broken."""
        lines: list[str] = []
        filled = room
        for word in (piece for whole in text.split() for piece in self._pieces(whole, room)):
            filled += word_width(self, " ") + word_width(self, word)
            if filled <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
                filled = word_width(self, word)
        return lines

    def balanced(self, text: str, room: float) -> list[str]:
        """The same number of lines, as even in length as possible, so that no word is alone on the last."""
        best = self.lines(text, room)
        low, high = 0.0, room
        while high - low > 4 and len(best) > 1:
            middle = (low + high) / 2
            tried = self.lines(text, middle)
            if len(tried) == len(best) and all(word in text.split() for line in tried for word in line.split()):
                best, high = tried, middle
            else:
                low = middle
        return best

    def shortened(self, text: str, room: float) -> str:
        """The text on one line. A text that is too long ends after a word, with an ellipsis."""
        return self.shortened_lines(text, room, 1)[0] if text.split() else ""

    def shortened_lines(self, text: str, room: float, count: int) -> list[str]:
        """At most `count` lines. A text that does not fit ends after a word, with an ellipsis."""
        lines = self.lines(text, room)
        if len(lines) <= count:
            return lines
        words = lines[count - 1].split()
        while len(words) > 1 and self.width(" ".join(words) + ELLIPSIS) > room:
            words.pop()
        last = " ".join(words).rstrip(",;:–—- ")
        while self.width(last + ELLIPSIS) > room:
            last = last[:-1]
        return [*lines[: count - 1], last + ELLIPSIS]

    def _font(self, cut: Cut) -> ImageFont.FreeTypeFont:
        return font(cut, self.face.weight, self.size)

    def _pieces(self, word: str, room: float) -> list[str]:
        """One word, in pieces if it is wider than the line."""
        if word_width(self, word) <= room:
            return [word]
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width(pieces[-1] + letter) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def _runs(self, text: str) -> list[tuple[Cut, str]]:
        """The text in runs of letters from the same font file."""
        letters = [(cut, known) for letter in text for cut, known in self._known(letter)]
        return [(cut, "".join(known for _, known in run)) for cut, run in groupby(letters, key=lambda pair: pair[0])]

    def _known(self, letter: str) -> list[tuple[Cut, str]]:
        """A letter with the font file that has it. A letter that none has is transliterated: “Ł” to “L”."""
        for cut in filter(None, (self.face.cut, self.face.accented)):
            if letter in cut.characters:
                return [(cut, letter)]
        return [(self.face.cut, plain) for plain in anyascii(letter) if plain in self.face.cut.characters]


@lru_cache(maxsize=4096)
def word_width(lettering: Lettering, word: str) -> float:
    """The width of a word. Cached, because balancing lines measures the same words again and again."""
    return lettering.width(word)
