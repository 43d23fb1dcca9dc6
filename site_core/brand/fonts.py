"""The site's font files and what each contains. Browsers and the social cards read the same files.

`make fonts` makes them from two font families (see `site_core.brand.font_subsetting`), and they are committed. The
license of Source Serif 4 reserves its name for the original, so the subsets have names of their own.
"""

from dataclasses import dataclass
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "static" / "brand" / "fonts"

SERIF, SANS = "NNSC Serif", "NNSC Sans"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
PUNCTUATION = "\u00a0§©\u00ad°·×–—‘’“”•…−"
BASIC_LATIN = ASCII + PUNCTUATION
# Western European accented letters and symbols are in files of their own, loaded only by pages that contain one.
LATIN_1 = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in BASIC_LATIN)
NUMERALS = " %-.0123456789–—−"


@dataclass(frozen=True)
class Cut:
    """One font file: a subset of a family, at some weights and one optical size.

    `optical_size` is in points; None for a family without that axis.
    """

    name: str
    family: str
    characters: str
    weights: tuple[int, int]
    optical_size: int | None = None
    italic: bool = False

    @property
    def path(self) -> Path:
        return FONT_FOLDER / f"{self.name}.woff2"

    @property
    def has_weights(self) -> bool:
        """Whether the file has a weight axis. Otherwise it has one weight."""
        return self.weights[0] != self.weights[1]


SERIF_TEXT = Cut("serif-text", SERIF, BASIC_LATIN, (400, 400), 16)
# In a file of its own: few pages need it above the fold, and all would wait for it.
SERIF_SEMIBOLD = Cut("serif-semibold", SERIF, BASIC_LATIN, (600, 600), 16)
SERIF_DISPLAY = Cut("serif-display", SERIF, BASIC_LATIN, (400, 400), 60)
SERIF_NUMERALS = Cut("serif-numerals", SERIF, NUMERALS, (200, 900), 60)
SANS_TEXT = Cut("sans", SANS, BASIC_LATIN, (400, 600))
SERIF_ITALIC = Cut("serif-italic", SERIF, BASIC_LATIN, (400, 400), 16, italic=True)
SERIF_TEXT_LATIN_1 = Cut("serif-text-latin-1", SERIF, LATIN_1, (400, 600), 16)
SERIF_DISPLAY_LATIN_1 = Cut("serif-display-latin-1", SERIF, LATIN_1, (400, 400), 60)
SANS_LATIN_1 = Cut("sans-latin-1", SANS, LATIN_1, (400, 600))

# The files that any page may load above the fold.
FIRST_VIEW = (SERIF_TEXT, SERIF_DISPLAY, SERIF_NUMERALS, SANS_TEXT)
CUTS = (*FIRST_VIEW, SERIF_SEMIBOLD, SERIF_ITALIC, SERIF_TEXT_LATIN_1, SERIF_DISPLAY_LATIN_1, SANS_LATIN_1)


def unicode_range(characters: str) -> str:
    """The characters in the syntax of CSS `unicode-range`: “U+20-7E, U+A0”."""
    codes = sorted(map(ord, set(characters)))
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    return ", ".join(
        f"U+{start:X}" + (f"-{end:X}" if end > start else "") for start, end in zip(starts, ends, strict=True)
    )
