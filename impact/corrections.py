"""Corrections and withdrawals: a stat that turned out to be wrong keeps its URL and explains what happened."""

from django.db import models
from django.utils.formats import date_format


class Correction(models.TextChoices):
    """What was done about a wrong stat."""

    CORRECTED = "corrected", "corrected"
    WITHDRAWN = "withdrawn", "withdrawn"


class CorrectableMixin(models.Model):
    """A correction or withdrawal with its reason and its day: all three or none."""

    correction = models.CharField(
        "corrected or withdrawn",
        max_length=10,
        choices=Correction.choices,
        blank=True,
        help_text=(
            "A withdrawn impact stat no longer appears in the chart, the tables or on other pages. "
            "The impact page lists it separately."
        ),
    )
    correction_text = models.TextField(
        "what changed and why",
        max_length=600,
        blank=True,
        help_text="Public, such as “The report counts 31%, not 27%. We had copied the wrong column.”",
    )
    corrected_on = models.DateField("corrected or withdrawn on", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.correction == Correction.WITHDRAWN

    @property
    def corrected_when(self) -> str:
        """“Corrected April 3, 2027”, “Withdrawn April 3, 2027”, or "" for a stat without a correction."""
        if not self.correction:
            return ""
        day = f" {date_format(self.corrected_on, 'N j, Y')}" if self.corrected_on else ""
        return f"{self.correction.capitalize()}{day}"

    @property
    def notice(self) -> str:
        """The day with what changed and why: “Corrected April 3, 2027: The report counts 31%.”"""
        return ": ".join(part for part in (self.corrected_when, self.correction_text) if part and self.correction)

    def correction_errors(self) -> dict[str, str]:
        """An error message for each field that is missing or superfluous, by field name."""
        if not self.correction:
            if self.correction_text or self.corrected_on:
                return {"correction": "Choose “corrected” or “withdrawn,” or clear the two fields below."}
            return {}
        errors = {}
        if not self.correction_text.strip():
            errors["correction_text"] = (
                f"Enter what changed and why. Visitors read it beside the {self.correction} impact stat."
            )
        if self.corrected_on is None:
            errors["corrected_on"] = f"Enter the day on which it was {self.correction}."
        return errors
