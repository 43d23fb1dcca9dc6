"""Subsets the two font families, and measures the fallback fonts so that no text moves when a font has loaded.

Only developers run it, through `make fonts`. fontTools is a development dependency.
"""

from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from site_core.brand.fonts import FONT_FOLDER, SANS, SERIF, Cut

# The files in the two Fontsource packages, by family and whether they are italic.
SOURCES = {
    (SERIF, False): "source-serif-4-latin-opsz-normal.woff2",
    (SERIF, True): "source-serif-4-latin-opsz-italic.woff2",
    (SANS, False): "public-sans-latin-wght-normal.woff2",
}
LICENSES = {SERIF: "LICENSE-serif.txt", SANS: "LICENSE-sans.txt"}
# Kerning, ligatures, proportional figures (the serif's default is tabular) and tabular figures (for the sans).
FEATURES = ["kern", "liga", "pnum", "tnum"]
COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME, LICENSE = 0, 1, 2, 4, 6, 14

# The frequency of each letter and of the space in English text, in percent of the letters.
# fmt: off
LETTERS = {
    "a": 8.2, "b": 1.5, "c": 2.8, "d": 4.3, "e": 12.7, "f": 2.2, "g": 2.0, "h": 6.1, "i": 7.0, "j": 0.15,
    "k": 0.77, "l": 4.0, "m": 2.4, "n": 6.7, "o": 7.5, "p": 1.9, "q": 0.095, "r": 6.0, "s": 6.3, "t": 9.1,
    "u": 2.8, "v": 0.98, "w": 2.4, "x": 0.15, "y": 2.0, "z": 0.074, " ": 20.0,
}
# fmt: on


@dataclass(frozen=True)
class Fallback:
    """A font that computers have installed. `average_width` is a part of the em size, from @capsizecss/metrics."""

    name: str
    local: str
    average_width: float


# `xWidthAvg` is 913 for both in version 4.3.0. By measurement, too, they are nearly equally wide.
GEORGIA = Fallback("NNSC Serif fallback", "Georgia", 913 / 2048)
ARIAL = Fallback("NNSC Sans fallback", "Arial", 913 / 2048)


def cut_font(folder: Path, cut: Cut) -> None:
    """Writes one font file from the packages below `folder`. Raises FileNotFoundError if the family is missing."""
    # A timestamp would make each run write a different file.
    font = TTFont(_found(folder, SOURCES[cut.family, cut.italic]), recalcTimestamp=False)
    low, high = cut.weights
    limits: dict[str, float | tuple[float, float]] = {"wght": cut.weights if low < high else low}
    if cut.optical_size:
        limits["opsz"] = cut.optical_size
    font = instantiateVariableFont(font, limits)
    _rename(font, cut)
    subsetter = Subsetter(_options())
    subsetter.populate(text=cut.characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(cut.path)


def write_license(folder: Path, family: str) -> None:
    """Writes the font's own copyright notice and its package's license next to the font files."""
    source = _found(folder, SOURCES[family, False])
    license_text = (source.parent.parent / "LICENSE").read_text()
    terms = license_text[license_text.index("This Font Software is licensed") :]
    notice = TTFont(source)["name"].getDebugName(COPYRIGHT)
    lines = [line.rstrip() for line in f"{notice}\n\n{terms}".splitlines()]
    (FONT_FOLDER / LICENSES[family]).write_text("\n".join(lines).strip() + "\n")


def fallback_css(cut: Cut, fallback: Fallback) -> str:
    """The @font-face rule that makes the fallback take the same space as the font."""
    font = TTFont(cut.path)
    em, header = font["head"].unitsPerEm, font["hhea"]
    size = average_width(font) / fallback.average_width
    ascent, descent, gap = (value / em / size for value in (header.ascent, -header.descent, header.lineGap))
    return (
        f'@font-face {{ font-family: "{fallback.name}"; src: local("{fallback.local}"); size-adjust: {size:.2%}; '
        f"ascent-override: {ascent:.2%}; descent-override: {descent:.2%}; line-gap-override: {gap:.2%}; }}"
    )


def average_width(font: TTFont) -> float:
    """The mean advance width of a letter in English text, as a part of the em size."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    total = sum(share * advances[glyphs[ord(letter)]][0] for letter, share in LETTERS.items())
    return float(total / sum(LETTERS.values()) / font["head"].unitsPerEm)


def _found(folder: Path, name: str) -> Path:
    found = next(folder.rglob(name), None)
    if found is None:
        raise FileNotFoundError(f"{name} is not in {folder}. `make fonts` downloads it.")
    return found


def _rename(font: TTFont, cut: Cut) -> None:
    """Gives a font file its own name, and keeps only copyright and license of its other metadata."""
    names = font["name"]
    texts = {name_id: names.getDebugName(name_id) for name_id in (COPYRIGHT, LICENSE)}
    style = "Italic" if cut.italic else "Regular"
    postscript = f"{cut.family}-{cut.name}".replace(" ", "")
    texts |= {FAMILY: cut.family, STYLE: style}
    texts |= {FULL_NAME: f"{cut.family} {cut.name}", POSTSCRIPT_NAME: postscript}
    if "STAT" in font:
        del font["STAT"]
    axes = font["fvar"].axes if "fvar" in font else []
    axis_names = {axis.axisNameID: axis.axisTag for axis in axes}
    if axes:
        font["fvar"].instances = []
    names.names = []
    for name_id, text in (texts | axis_names).items():
        # Windows platform, Unicode encoding, US English.
        names.setName(text, name_id, 3, 1, 0x409)


def _options() -> Options:
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    return options
