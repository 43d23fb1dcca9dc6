"""A date that may lack its day or its month.

It is stored as “2018”, “2018-04” or “2018-04-03”, so that no reader of the data takes an unknown day for a known one.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

EXAMPLES = "Write as much of it as is known: “April 3, 2018”, “April 2018” or “2018”."
# AP style abbreviates these months before a day, and spells out a month without a day.
_SHORTENED = {1: "Jan.", 2: "Feb.", 8: "Aug.", 9: "Sept.", 10: "Oct.", 11: "Nov.", 12: "Dec."}
_TYPED_DAYS = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%m/%d/%Y")
_TYPED_MONTHS = ("%B %Y", "%b %Y", "%Y-%m", "%m/%Y")


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
        month = f"{self.first_day:%B}"
        return f"{_SHORTENED.get(self.month, month)} {self.day}, {self.year}" if self.day else f"{month} {self.year}"

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
        """Parse a date as an author writes it. Raises ValueError for anything else."""
        words = " ".join(re.sub(r"[.,]", " ", text).split())
        words = re.sub(r"\bsept\b", "Sep", words, flags=re.IGNORECASE)
        if found := _parsed(words, ("%Y",)):
            return cls(found.year)
        if found := _parsed(words, _TYPED_MONTHS):
            return cls(found.year, found.month)
        if found := _parsed(words, _TYPED_DAYS):
            return cls(found.year, found.month, found.day)
        raise ValueError(f"“{text}” is not a date. {EXAMPLES}")


def _parsed(text: str, formats: tuple[str, ...]) -> date | None:
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


class PartialDateFormField(forms.CharField):
    """A text input for a date as an author writes it."""

    def prepare_value(self, value: object) -> object:
        return str(value) if isinstance(value, PartialDate) else value

    def clean(self, value: object) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.from_typed(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def has_changed(self, initial: object, data: object) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


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
