"""The measurement behind a stat: a number, its outcome and the people measured, and how they read as a sentence."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from impact.notation import Direction, JoiningWord, OutcomeGroup, Unit, number_range, plain_number


class MeasurementMixin(models.Model):
    """A number with its unit, outcome and population. The site never shows one part without the others."""

    value_low = models.DecimalField(
        "value",
        max_digits=6,
        decimal_places=1,
        null=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="The number alone, such as 41 or 36.4. For a range, the lower end.",
    )
    value_high = models.DecimalField(
        "upper end of a range",
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Only for a range: 56 for “44–56%.”",
    )
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.PERCENT)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.REDUCTION)
    outcome = models.CharField(
        max_length=200, help_text="What was measured, such as “group member-involved homicide.”"
    )
    outcome_group = models.CharField(
        "kind of outcome",
        max_length=10,
        choices=OutcomeGroup.choices,
        default=OutcomeGroup.OTHER,
        help_text="The heading under which the chart and the table on the impact page show it.",
    )
    joining_word = models.CharField(max_length=10, choices=JoiningWord.choices, blank=True)
    population = models.CharField(
        max_length=200,
        blank=True,
        help_text="The people who were measured, such as “notified violent groups.”",
    )
    scope = models.CharField(
        max_length=200, blank=True, help_text="Where or how widely, such as “in all four neighborhoods.”"
    )
    program = models.CharField(
        max_length=200,
        blank=True,
        help_text="The program, such as “Project Safe Neighborhoods.”",
    )

    class Meta:
        abstract = True

    @property
    def number(self) -> str:
        """The number without its unit: “36.4”, “44–56”."""
        return number_range(self.value_low, self.value_high, "–") if self.value_low is not None else "—"

    @property
    def unit_sign(self) -> str:
        """“%” or “ points”, or "" where there is no number."""
        if self.value_low is None:
            return ""
        return "%" if self.unit == Unit.PERCENT else " points"

    @property
    def figure(self) -> str:
        """The number with its unit as it is printed: “36.4%”, “44–56%”."""
        return self.number + self.unit_sign

    @property
    def spoken_value(self) -> str:
        """The number with its unit as it is read aloud: “44 to 56 percent”."""
        if self.value_low is None:
            return "no figure yet"
        return f"{number_range(self.value_low, self.value_high, ' to ')} {Unit(self.unit).label}"

    @property
    def sentence(self) -> str:
        """The words after the number, never shortened: “reduction in shootings among notified violent groups”."""
        words = [self.direction, "in", self.outcome]
        if self.population:
            words += [self.joining_word or JoiningWord.AMONG, self.population]
        words += [self.scope]
        if self.program:
            words += [JoiningWord.THROUGH, self.program]
        return " ".join(word for word in words if word)

    @property
    def population_is_recorded(self) -> bool:
        """Whether a population, a scope or a program is recorded."""
        return bool(self.population or self.scope or self.program)

    @property
    def whole_sentence(self) -> str:
        """The sentence as plain text, with “population not recorded” where that is so."""
        return self.sentence if self.population_is_recorded else f"{self.sentence}, population not recorded"

    def measurement_errors(self) -> dict[str, str]:
        """An error message for each impossible value, by field name."""
        errors = {}
        if self.value_low is not None and self.value_high is not None and self.value_low >= self.value_high:
            errors["value_high"] = (
                f"The upper end must be more than {plain_number(self.value_low)}. For a single value, leave it empty."
            )
        largest = max(self.value_low or Decimal(0), self.value_high or Decimal(0))
        if self.unit == Unit.PERCENT and self.direction != Direction.INCREASE and largest > 100:
            field = "value_high" if (self.value_high or 0) > 100 else "value_low"
            errors[field] = f"Nothing can fall by more than 100%. Check the {self.direction}."
        return errors
