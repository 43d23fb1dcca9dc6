"""The font files that the social cards draw with, and what each contains. Browsers load the same files.

`make fonts` makes them, and they are committed.
"""

from dataclasses import dataclass
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "static" / "brand" / "fonts"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
PUNCTUATION = "\u00a0§©\u00ad°·×–—‘’“”•…−"
BASIC_LATIN = ASCII + PUNCTUATION
# Western European accented letters and symbols are in files of their own, loaded only by pages that contain one.
LATIN_1 = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in BASIC_LATIN)
NUMERALS = " %-.0123456789–—−"


@dataclass(frozen=True)
class Cut:
    """One font file: some characters of a family, at some weights and one optical size."""

    name: str
    characters: str
    weights: tuple[int, int]

    @property
    def path(self) -> Path:
        return FONT_FOLDER / f"{self.name}.woff2"

    @property
    def has_weights(self) -> bool:
        """Whether the file has a weight axis. Otherwise it has one weight."""
        return self.weights[0] != self.weights[1]


SERIF_TEXT = Cut("serif-text", BASIC_LATIN, (400, 400))
SERIF_DISPLAY = Cut("serif-display", BASIC_LATIN, (400, 400))
SERIF_NUMERALS = Cut("serif-numerals", NUMERALS, (200, 900))
SANS_TEXT = Cut("sans", BASIC_LATIN, (400, 600))
SERIF_TEXT_LATIN_1 = Cut("serif-text-latin-1", LATIN_1, (400, 600))
SERIF_DISPLAY_LATIN_1 = Cut("serif-display-latin-1", LATIN_1, (400, 400))
SANS_LATIN_1 = Cut("sans-latin-1", LATIN_1, (400, 600))
