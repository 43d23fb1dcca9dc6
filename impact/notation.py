"""Numbers, units and fixed words of stats, as they are printed, read aloud and sent as JSON."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.db import models


class Unit(models.TextChoices):
    """The unit of the number."""

    PERCENT = "percent", "percent"
    POINTS = "points", "percentage points"


class Direction(models.TextChoices):
    """Whether the outcome fell or rose, in the word that the source uses."""

    REDUCTION = "reduction", "reduction"
    DECREASE = "decrease", "decrease"
    INCREASE = "increase", "increase"


class OutcomeGroup(models.TextChoices):
    """The headings of the impact page, in their order there."""

    SHOOTINGS = "shootings", "Shootings and victims"
    HOMICIDES = "homicides", "Homicides"
    DRUGS = "drugs", "Drug offenses"
    OTHER = "other", "Other outcomes"


class JoiningWord(models.TextChoices):
    """The preposition between the outcome and the population or the program."""

    AMONG = "among", "among"
    IN = "in", "in"
    THROUGH = "through", "through"


def plain_number(value: Decimal) -> str:
    """The number without trailing zeros: 36.4 is “36.4”, 41.0 is “41”."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_range(low: Decimal, high: Decimal | None, to: str) -> str:
    """“41”, or “44–56” with `to` between the ends."""
    return plain_number(low) if high is None else f"{plain_number(low)}{to}{plain_number(high)}"


def has_digits(text: str) -> bool:
    """Whether a text states any number in digits."""
    return any(letter.isdecimal() for letter in text)


def has_number(text: str, value: Decimal) -> bool:
    """Whether a text has the number, or one that rounds to it: “36.4% fewer” has 36.4 and 36."""
    value = Decimal(plain_number(value))
    numbers = (Decimal(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))
    return any(number.quantize(value, ROUND_HALF_UP) == value for number in numbers)


def json_number(value: Decimal | None) -> int | float | None:
    """The number as JSON has it: 41 for 41.0, 36.4 for 36.4."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
