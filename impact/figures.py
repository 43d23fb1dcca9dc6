"""How a measured figure is written: on the screen, and read aloud."""

from decimal import Decimal


def plain_number(value: Decimal) -> str:
    """The number with the digits it was entered with and no idle zeros: 36.4 is “36.4”, 41.0 is “41”."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_range(low: Decimal, high: Decimal | None) -> str:
    """“41”, or “44–56” with an unspaced en dash."""
    return plain_number(low) if high is None else f"{plain_number(low)}–{plain_number(high)}"


def spoken_range(low: Decimal, high: Decimal | None) -> str:
    """“41”, or “44 to 56”."""
    return plain_number(low) if high is None else f"{plain_number(low)} to {plain_number(high)}"
