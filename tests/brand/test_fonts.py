"""The committed font files: what they contain, and how large they are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from home.management.commands.load_content import CONTENT_FOLDER
from site_core.brand.fonts import (
    BASIC_LATIN,
    FONT_FOLDER,
    LATIN_1,
    SANS_LATIN_1,
    SANS_TEXT,
    SERIF_DISPLAY,
    SERIF_DISPLAY_LATIN_1,
    SERIF_NUMERALS,
    SERIF_TEXT,
    SERIF_TEXT_LATIN_1,
    Cut,
)

# The files that any page may load above the fold.
FIRST_VIEW = (SERIF_TEXT, SERIF_DISPLAY, SERIF_NUMERALS, SANS_TEXT)
FIRST_VIEW_BYTES = 57_000
# Only browsers load these. Semibold is in a file of its own: few pages need it above the fold, and all would wait.
SERIF_SEMIBOLD = Cut("serif-semibold", BASIC_LATIN, (600, 600))
SERIF_ITALIC = Cut("serif-italic", BASIC_LATIN, (400, 400))
CUTS = (*FIRST_VIEW, SERIF_SEMIBOLD, SERIF_ITALIC, SERIF_TEXT_LATIN_1, SERIF_DISPLAY_LATIN_1, SANS_LATIN_1)
LICENSES = {"LICENSE-serif.txt", "LICENSE-sans.txt"}
RULES = re.findall(r"@font-face {.*}", (Path(settings.BASE_DIR) / "site_core/brand/static/brand/site.css").read_text())

# The frequency of each letter and of the space in English text, in percent of the letters.
# fmt: off
LETTERS = {
    "a": 8.2, "b": 1.5, "c": 2.8, "d": 4.3, "e": 12.7, "f": 2.2, "g": 2.0, "h": 6.1, "i": 7.0, "j": 0.15,
    "k": 0.77, "l": 4.0, "m": 2.4, "n": 6.7, "o": 7.5, "p": 1.9, "q": 0.095, "r": 6.0, "s": 6.3, "t": 9.1,
    "u": 2.8, "v": 0.98, "w": 2.4, "x": 0.15, "y": 2.0, "z": 0.074, " ": 20.0,
}
# fmt: on
# Of Georgia and of Arial, as a part of the em size: `xWidthAvg` is 913 for both in @capsizecss/metrics 4.3.0. By
# measurement, too, they are nearly equally wide.
FALLBACK_WIDTH = 913 / 2048


def ids(cut: Cut) -> str:
    return cut.name


def features(font: TTFont) -> set[str]:
    tables = [font[table].table for table in ("GSUB", "GPOS") if table in font]
    return {record.FeatureTag for table in tables for record in table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("cut", CUTS, ids=ids)
def test_a_font_has_exactly_its_characters_and_weights(cut: Cut) -> None:
    font = TTFont(cut.path)
    assert font.flavor == "woff2"
    assert {chr(code) for code in font.getBestCmap()} == set(cut.characters)
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}
    assert axes == ({"wght": cut.weights} if cut.has_weights else {})


@pytest.mark.parametrize("cut", CUTS, ids=ids)
def test_a_font_has_no_reserved_name_and_states_copyright_and_license(cut: Cut) -> None:
    names = TTFont(cut.path)["name"]
    assert not any("Source" in str(name) for name in names.names if name.nameID)
    assert "opyright" in names.getDebugName(0) or "©" in names.getDebugName(0)
    assert "OFL" in names.getDebugName(14)


def test_numbers_are_tabular_in_tables_and_proportional_elsewhere() -> None:
    assert {"kern", "tnum"} <= features(TTFont(SANS_TEXT.path))
    assert {"kern", "pnum"} <= features(TTFont(SERIF_TEXT.path))
    assert "pnum" in features(TTFont(SERIF_NUMERALS.path))


def test_the_files_of_a_first_view_keep_to_their_budget() -> None:
    sizes = {cut.name: cut.path.stat().st_size for cut in FIRST_VIEW}
    assert sum(sizes.values()) <= FIRST_VIEW_BYTES, sizes


def test_the_folder_has_the_fonts_and_one_license_for_each_family_only() -> None:
    files = {file.name for file in FONT_FOLDER.iterdir()}
    assert files == {cut.path.name for cut in CUTS} | LICENSES
    for name in LICENSES:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT_FOLDER / name).read_text()


@pytest.mark.parametrize("file", sorted(CONTENT_FOLDER.glob("*.yaml")), ids=lambda file: file.name)
def test_the_fonts_have_every_letter_of_the_content(file: Path) -> None:
    missing = set(file.read_text(encoding="utf-8")) - set(BASIC_LATIN + LATIN_1) - {"\n"}
    assert not missing, sorted(missing)


@pytest.mark.parametrize("cut", CUTS, ids=ids)
def test_the_stylesheet_names_the_characters_of_each_font(cut: Cut) -> None:
    rules = [rule for rule in RULES if f"fonts/{cut.name}.woff2" in rule]
    assert rules
    for rule in rules:
        ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
        named = {chr(code) for low, high in ranges for code in range(int(low, 16), int(high or low, 16) + 1)}
        # Without a range, the file is for elements that contain nothing else.
        assert named == set() if cut == SERIF_NUMERALS else named == set(cut.characters)


@pytest.mark.parametrize(("cut", "family"), [(SERIF_TEXT, "NNSC Serif fallback"), (SANS_TEXT, "NNSC Sans fallback")])
def test_a_fallback_is_scaled_to_the_width_and_height_of_the_font(cut: Cut, family: str) -> None:
    (rule,) = (rule for rule in RULES if f'font-family: "{family}"' in rule)
    font = TTFont(cut.path)
    percent = {name: float(value) / 100 for name, value in re.findall(r"([a-z-]+): ([0-9.]+)%", rule)}
    size = percent["size-adjust"]
    assert size * FALLBACK_WIDTH == pytest.approx(average_width(font), rel=1e-3)
    em = font["head"].unitsPerEm
    assert size * percent["ascent-override"] * em == pytest.approx(font["hhea"].ascent, rel=1e-3)
    assert size * percent["descent-override"] * em == pytest.approx(-font["hhea"].descent, rel=1e-3)
    assert percent["line-gap-override"] == font["hhea"].lineGap == 0


def average_width(font: TTFont) -> float:
    """The mean advance width of a letter in English text, as a part of the em size."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    total = sum(share * advances[glyphs[ord(letter)]][0] for letter, share in LETTERS.items())
    return float(total / sum(LETTERS.values()) / font["head"].unitsPerEm)
