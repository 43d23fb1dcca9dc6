"""The committed font files: what they contain, and how large they are."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from home.management.commands.load_content import CONTENT_FOLDER
from site_core.brand.font_subsetting import ARIAL, GEORGIA, LICENSES, Fallback, average_width, cut_font, fallback_css
from site_core.brand.fonts import (
    BASIC_LATIN,
    CUTS,
    FIRST_VIEW,
    FONT_FOLDER,
    LATIN_1,
    SANS_TEXT,
    SERIF_NUMERALS,
    SERIF_TEXT,
    Cut,
    unicode_range,
)

FIRST_VIEW_BYTES = 57_000


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
def test_a_font_has_a_name_of_its_own_and_states_copyright_and_license(cut: Cut) -> None:
    names = TTFont(cut.path)["name"]
    assert names.getDebugName(1) == cut.family
    own_names = " ".join(names.getDebugName(number) for number in (1, 4, 6))
    assert "Source" not in own_names
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
    assert files == {cut.path.name for cut in CUTS} | set(LICENSES.values())
    for name in LICENSES.values():
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT_FOLDER / name).read_text()


@pytest.mark.parametrize("file", sorted(CONTENT_FOLDER.glob("*.yaml")), ids=lambda file: file.name)
def test_the_fonts_have_every_letter_of_the_content(file: Path) -> None:
    missing = set(file.read_text(encoding="utf-8")) - set(BASIC_LATIN + LATIN_1) - {"\n"}
    assert not missing, sorted(missing)


def test_a_unicode_range_has_the_syntax_of_css() -> None:
    assert unicode_range("abcxéz") == "U+61-63, U+78, U+7A, U+E9"


@pytest.mark.parametrize(("cut", "fallback"), [(SERIF_TEXT, GEORGIA), (SANS_TEXT, ARIAL)])
def test_a_fallback_is_scaled_to_the_width_and_height_of_the_font(cut: Cut, fallback: Fallback) -> None:
    font = TTFont(cut.path)
    percent = {
        name: float(value) / 100 for name, value in re.findall(r"([a-z-]+): ([0-9.]+)%", fallback_css(cut, fallback))
    }
    size = percent["size-adjust"]
    assert size * fallback.average_width == pytest.approx(average_width(font), rel=1e-3)
    em = font["head"].unitsPerEm
    assert size * percent["ascent-override"] * em == pytest.approx(font["hhea"].ascent, rel=1e-3)
    assert size * percent["descent-override"] * em == pytest.approx(-font["hhea"].descent, rel=1e-3)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="source-serif-4-latin-opsz-normal"):
        cut_font(tmp_path, SERIF_TEXT)
