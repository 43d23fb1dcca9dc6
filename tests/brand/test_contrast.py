"""The contrast of every pair of colors that pages use, computed from the stylesheet as WCAG 2.2 defines it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from site_core.social_cards import card

STYLESHEET = Path(settings.BASE_DIR) / "site_core/brand/static/brand/site.css"
TEXT, MARKS = 4.5, 3.0
# A foreground, its backgrounds, and the minimum contrast.
PAIRS = [
    ("ink", ("paper", "surface", "lamp-wash"), TEXT),
    ("ink-soft", ("paper", "surface", "lamp-wash"), TEXT),
    ("spruce", ("paper", "surface", "lamp-wash"), TEXT),
    ("error", ("paper", "surface", "lamp-wash"), TEXT),
    ("lamp-deep", ("paper", "surface"), MARKS),
    ("line-strong", ("paper", "surface", "lamp-wash"), MARKS),
    ("on-lamp", ("lamp",), TEXT),
    ("paper", ("spruce",), TEXT),
    ("band-ink", ("band",), TEXT),
    ("band-soft", ("band",), TEXT),
    ("lamp", ("band",), MARKS),
]
CASES = [
    pytest.param(scheme, front, ground, least, id=f"{front} on {ground}, {scheme}")
    for scheme in ("light", "dark")
    for front, grounds, least in PAIRS
    for ground in grounds
]


def tokens() -> dict[str, dict[str, str]]:
    """The hex value of each color token in the light and the dark scheme."""
    styles = STYLESHEET.read_text()
    block = styles[styles.index("@layer tokens {") : styles.index("@layer base {")]
    colors: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", block):
        colors["light"][name], colors["dark"][name] = light, dark
    for name, both in re.findall(r"--([\w-]+): (#\w{6});", block):
        colors["light"][name] = colors["dark"][name] = both
    return colors


def luminance(color: str) -> float:
    """Relative luminance of an sRGB color, 0 to 1."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_wcag_states() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("scheme", "front", "ground", "least"), CASES)
def test_colors_have_enough_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    colors = tokens()[scheme]
    assert contrast(colors[front], colors[ground]) >= least


def test_every_color_of_the_stylesheet_is_a_token() -> None:
    """Only the print styles, which have no color scheme, name colors outside the block of tokens."""
    styles = STYLESHEET.read_text()
    rules = styles[styles.index("@layer base {") : styles.index("@layer print {")]
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|oklch\(|hsla?\(", rules) == []


def test_colors_named_outside_the_stylesheet_are_its_tokens() -> None:
    light, dark = tokens()["light"], tokens()["dark"]
    on_card = (card.BAND, card.BAND_INK, card.BAND_SOFT, card.LAMP)
    assert on_card == tuple(light[name] for name in ("band", "band-ink", "band-soft", "lamp"))
    on_icon = re.findall(r"#[0-9a-f]{6}\b", (STYLESHEET.parent / "logo.svg").read_text())
    assert on_icon == [colors[name] for colors in (light, dark) for name in ("ink", "paper", "lamp")]
    known = {*light.values(), *dark.values()}
    for template in ("base.html", "500.html"):
        named = re.findall(r"#[0-9a-f]{6}\b", (Path(settings.BASE_DIR) / "templates" / template).read_text())
        assert named, template
        assert set(named) <= known, template
