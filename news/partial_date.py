"""A date as exactly as it is known: a day, a month or a year, typed and printed the same way.

It is stored as “2018”, “2018-04” or “2018-04-03”, so that nobody downstream can claim a day that nobody recorded.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

EXAMPLES = "Write it as exactly as it is known: “April 3, 2018”, “April 2018” or “2018”."
# AP style: with a day, these months are shortened; alone, a month is spelled in full.
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
        """What it sorts as."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """As machines read it, and no more exact than it is: “2018-04”."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __str__(self) -> str:
        if not self.month:
            return str(self.year)
        month = f"{self.first_day:%B}"
        return f"{_SHORTENED.get(self.month, month)} {self.day}, {self.year}" if self.day else f"{month} {self.year}"

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Raises ValueError for anything but “2018”, “2018-04” or “2018-04-03”."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
            raise ValueError(f"“{text}” is not a date as the site stores it.")
        found = cls(*(int(part) for part in text.split("-")))
        found.first_day  # noqa: B018 (a month 13 fails here)
        return found

    @classmethod
    def from_typed(cls, text: str) -> "PartialDate":
        """Raises ValueError for what is not a date an author would write."""
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
    """One box that takes the date as it would be written."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.from_typed(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A PartialDate, stored as text of at most ten characters; None where it is not entered yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, **kwargs})

    def from_db_value(self, value: str | None, *args: Any) -> PartialDate | None:
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

    def run_validators(self, value: Any) -> None:
        """A PartialDate is sound by construction; the length of its text needs no check."""

    def formfield(self, **kwargs: Any) -> Any:
        label = str(self.verbose_name).capitalize()
        defaults = {"label": label, "required": not self.blank, "help_text": self.help_text}
        return PartialDateFormField(**{**defaults, **kwargs})
