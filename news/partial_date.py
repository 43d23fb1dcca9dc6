"""A date that may lack its day or its month.

It is stored as “2018”, “2018-04” or “2018-04-03”, so that no reader of the data takes an unknown day for a known one.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from site_core.fields.dates import ap_date, day_in_words, parse_date_parts, with_unusual_year
from site_core.fields.typed_dates import TypedDateInput, question_year

EXAMPLES = "Use the most precise date you have: “April 3, 2018,” “April 2018” or “2018.”"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, with the month and the day if they are known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        """The first day that the date may mean, by which it sorts."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """The date in ISO 8601, without unknown parts: “2018-04”."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __str__(self) -> str:
        if not self.month:
            return str(self.year)
        return ap_date(self.first_day) if self.day else f"{self.first_day:%B %Y}"

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Parse “2018”, “2018-04” or “2018-04-03”. Raises ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
            raise ValueError(f"“{text}” is not a stored date.")
        found = cls(*(int(part) for part in text.split("-")))
        found.first_day  # noqa: B018 (raises ValueError for a month 13)
        return found

    @classmethod
    def from_typed(cls, text: str) -> "PartialDate":
        """Parse a date as an author writes it. Raises ValidationError for anything else."""
        return cls(*parse_date_parts(text, EXAMPLES))


class PartialDateInput(TypedDateInput):
    """A text box for a date that may lack its day or its month."""

    reader = "partial"

    def format_value(self, value: object) -> str | None:
        return str(value) if value else None


class PartialDateFormField(forms.Field):
    """Takes a date as an author writes it."""

    widget = PartialDateInput

    def to_python(self, value: object) -> PartialDate | None:
        if not value or not str(value).strip():
            return None
        found = PartialDate.from_typed(str(value))
        question_year(value, found.year)
        return found


def read_partial_date(typed: str) -> tuple[str, str]:
    """A date in words, with the weekday of a day and what is unusual about its year."""
    found = PartialDate.from_typed(typed)
    words = day_in_words(found.first_day) if found.day else str(found)
    return with_unusual_year(words, found.year), found.iso


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A PartialDate, stored as text of at most ten characters, or None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, **kwargs})

    def from_db_value(self, value: str | None, *args: object) -> PartialDate | None:
        return PartialDate.from_iso(value) if value else None

    def to_python(self, value: Any) -> Any:
        if isinstance(value, PartialDate) or not value:
            return value or None
        try:
            return PartialDate.from_iso(value)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(value)
        return value.iso if value else None

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: object) -> None:
        """Run none: a PartialDate is valid, and its text is short enough."""

    def formfield(self, **kwargs: Any) -> Any:
        label = str(self.verbose_name).capitalize()
        defaults = {"label": label, "required": not self.blank, "help_text": self.help_text}
        return PartialDateFormField(**{**defaults, **kwargs})
