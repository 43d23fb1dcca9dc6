"""The date field of every form: a text box, and beside it in words what the site understood.

The server alone reads dates. Beside the box `typed_date.js` shows what it answers, so a date reads the same before and
after saving. Wagtail's calendar turns most spellings into today's date.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET
from wagtail import blocks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.admin.widgets import AdminDateInput

from site_core.fields.dates import ap_date, day_in_words, parse_day, unusual_year, with_unusual_year

# What was typed to its words and, for scripts, its value in ISO 8601. Raises ValidationError.
Reader = Callable[[str], tuple[str, str]]
READERS: dict[str, Reader] = {}
LONGEST = 100


class Typed(str):
    """What came in, with the value that the form had shown there. A year is questioned only if the two differ."""

    shown = ""


class TypedDateInput(forms.TextInput):
    """A text box for a day. The form sends beside it the value that it showed, under the name with “_shown”."""

    template_name = "fields/typed_date.html"
    reader = "day"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        words = understood(self.reader, context["widget"]["value"] or "").get("words", "")
        return context | {"reader": self.reader, "words": words}

    def format_value(self, value: Any) -> str | None:
        return ap_date(value) if isinstance(value, date) else super().format_value(value)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        typed = Typed(data.get(name) or "")
        typed.shown = data.get(f"{name}_shown") or ""
        return typed


class TypedDateBlock(blocks.DateBlock):
    """A day in a block. Migrations know it as Wagtail's, which it stores alike."""

    @cached_property
    def field(self) -> forms.DateField:
        return forms.DateField(widget=TypedDateInput(), **self.field_options)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.DateBlock", args, kwargs

    class Meta:
        icon = "date"


def question_year(typed: object, year: int) -> None:
    """Asks once about an unusual year: the same value passes when it comes again. Raises ValidationError."""
    if isinstance(typed, Typed) and typed.strip() != typed.shown.strip() and (unusual := unusual_year(year)):
        raise ValidationError(f"{unusual} If that is right, save again.", code="unusual_year")


def read_dates_of_every_form() -> None:
    """Let every date field read dates alike, those of Wagtail's filters included. No setting names another class."""
    forms.DateField.to_python = _to_python  # type: ignore[method-assign]
    register_form_field_override(models.DateField, override={"widget": TypedDateInput})
    # In a filter Wagtail's own widget stays, with our template in the place of its calendar.
    register(WidgetAdapter(), AdminDateInput)
    READERS["day"] = read_day


def read_day(typed: str) -> tuple[str, str]:
    """A day in words, with what is unusual about its year."""
    day = parse_day(typed)
    return with_unusual_year(day_in_words(day), day.year), day.isoformat()


@require_GET
def read_date(request: HttpRequest) -> JsonResponse:
    """What the site understands of what is being typed: its words and its value, or why it is refused."""
    return JsonResponse(understood(request.GET.get("as", ""), request.GET.get("typed", "")))


def understood(reader: str, typed: str) -> dict[str, str]:
    """The “words” and the “value” of what was typed, or why it is “refused”; {} for nothing."""
    typed = typed.strip()[:LONGEST]
    if not typed or reader not in READERS:
        return {}
    try:
        words, value = READERS[reader](typed)
    except ValidationError as error:
        return {"refused": " ".join(error.messages)}
    return {"words": words, "value": value}


def _to_python(self: forms.DateField, value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value in self.empty_values or isinstance(value, date):
        return value or None
    day = parse_day(str(value))
    question_year(value, day.year)
    return day
