"""The font files of the site: what each holds. Browsers read them as they stand, and so do the social cards.

They are cut once from two families by `make fonts` (see `site_core.brand.font_subsetting`) and committed. The license
of Source Serif 4 reserves its name for the original, so the cut faces go by names of our own.
"""

from dataclasses import dataclass
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "static" / "brand" / "fonts"

SERIF, SANS = "NNSC Serif", "NNSC Sans"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
PUNCTUATION = "\u00a0§©\u00ad°·×–—‘’“”•…−"
BASIC_LATIN = ASCII + PUNCTUATION
# Accented letters and signs of Western Europe, in a file of its own that only a page with one of them loads.
LATIN_1 = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in BASIC_LATIN)
NUMERALS = " %-.0123456789–—−"


@dataclass(frozen=True)
class Cut:
    """One file: a part of a family at an optical size (in points, None where it has no such axis) and weights."""

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
        """Whether the file has a weight axis, or one weight only."""
        return self.weights[0] != self.weights[1]


SERIF_TEXT = Cut("serif-text", SERIF, BASIC_LATIN, (400, 400), 16)
# A file of its own, because few first views need it and all would wait for it.
SERIF_SEMIBOLD = Cut("serif-semibold", SERIF, BASIC_LATIN, (600, 600), 16)
SERIF_DISPLAY = Cut("serif-display", SERIF, BASIC_LATIN, (400, 400), 60)
SERIF_NUMERALS = Cut("serif-numerals", SERIF, NUMERALS, (200, 900), 60)
SANS_TEXT = Cut("sans", SANS, BASIC_LATIN, (400, 600))
SERIF_ITALIC = Cut("serif-italic", SERIF, BASIC_LATIN, (400, 400), 16, italic=True)
SERIF_TEXT_LATIN_1 = Cut("serif-text-latin-1", SERIF, LATIN_1, (400, 600), 16)
SERIF_DISPLAY_LATIN_1 = Cut("serif-display-latin-1", SERIF, LATIN_1, (400, 400), 60)
SANS_LATIN_1 = Cut("sans-latin-1", SANS, LATIN_1, (400, 600))

# What every page may load comes first.
FIRST_VIEW = (SERIF_TEXT, SERIF_DISPLAY, SERIF_NUMERALS, SANS_TEXT)
CUTS = (*FIRST_VIEW, SERIF_SEMIBOLD, SERIF_ITALIC, SERIF_TEXT_LATIN_1, SERIF_DISPLAY_LATIN_1, SANS_LATIN_1)


def unicode_range(characters: str) -> str:
    """The characters as `unicode-range` in a stylesheet writes them: “U+20-7E, U+A0”."""
    codes = sorted(map(ord, set(characters)))
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    return ", ".join(
        f"U+{start:X}" + (f"-{end:X}" if end > start else "") for start, end in zip(starts, ends, strict=True)
    )
