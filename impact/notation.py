"""How a measured figure is put: its words and signs, on the screen and read aloud."""

from decimal import Decimal

from django.db import models


class Unit(models.TextChoices):
    """What the number counts."""

    PERCENT = "percent", "percent"
    POINTS = "points", "percentage points"


class Direction(models.TextChoices):
    """Which way the outcome went, in the word of the original."""

    REDUCTION = "reduction", "reduction"
    DECREASE = "decrease", "decrease"
    INCREASE = "increase", "increase"


class OutcomeGroup(models.TextChoices):
    """Under which heading a figure stands, in the order in which the headings come."""

    SHOOTINGS = "shootings", "Shootings and victims"
    HOMICIDES = "homicides", "Homicides"
    DRUGS = "drugs", "Drug offenses"
    OTHER = "other", "Other outcomes"


class JoiningWord(models.TextChoices):
    """What ties the outcome to the people, the scope or the program."""

    AMONG = "among", "among"
    IN = "in", "in"
    THROUGH = "through", "through"


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
