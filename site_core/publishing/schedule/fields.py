"""The form fields for a go-live and an expiry: a day and an hour in Eastern Time."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from site_core.fields.dates import ap_date, parse_day, with_unusual_year
from site_core.fields.typed_dates import Typed, TypedDateInput, read_day, understood
from site_core.publishing.eastern import EASTERN, clocks_at, parse_eastern, typed_parts, written_out

TIME_ZONE_NOTE = "Eastern Time"


class EasternDateTimeInput(TypedDateInput):
    """A text box for the day, the browser's own for the hour, and a choice of EDT or EST in the hour that repeats.

    The value is a string such as “2026-11-01T01:30 EST”. A form may also send that string under the plain name. An
    unusual year is questioned beside the box, and passes: the button, too, names the date that it schedules for.
    """

    template_name = "publishing/schedule/datetime_input.html"
    reader = "eastern"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        day, hour = data.get(f"{name}_day", "").strip(), data.get(f"{name}_hour", "").strip()
        if not day and not hour:
            return Typed(data.get(name) or "")
        return Typed(f"{day}T{hour} {data.get(f'{name}_clock', '')}".strip())

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_day" not in data

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        day, hour, clock = typed_parts(_as_string(value))
        clocks: list[str] = []
        with suppress(ValidationError, ValueError):
            clocks = clocks_at(datetime.fromisoformat(f"{parse_day(day)}T{hour}"))
        clocks = clocks if len(clocks) > 1 else []
        context["words"] = understood(self.reader, _as_string(value)).get("words", "")
        context["parts"] = {"day": day, "hour": hour, "clocks": clocks, "clock": clock}
        return context


class EasternDateTimeField(forms.DateTimeField):
    """Cleans the input to a datetime. An hour that does not exist or occurs twice is an error."""

    widget = EasternDateTimeInput

    def prepare_value(self, value: object) -> object:
        """Keep the time zone, so that the widget can tell the first 1:30 from the second."""
        return value

    def to_python(self, value: object) -> datetime | None:
        return value if isinstance(value, datetime) else parse_eastern(str(value or ""))


# For every datetime field in the admin.
register_form_field_override(
    models.DateTimeField, override={"form_class": EasternDateTimeField, "widget": EasternDateTimeInput}
)


def read_eastern(typed: str) -> tuple[str, str]:
    """The date and time in words. Without a time, the day alone."""
    try:
        at = parse_eastern(typed)
    except ValidationError as error:
        if error.code == "incomplete" and (day := typed_parts(typed)[0]):
            return read_day(day)[0], ""
        raise
    return (with_unusual_year(written_out(at), at.year), at.isoformat()) if at else ("", "")


class SchedulePanel(PublishingPanel):
    """Go-live and expiry as an ordinary part of the form.

    Wagtail puts them into a dialog. Its calendar covers the button below, its errors are hidden until it is opened
    again, and its “Save schedule” schedules nothing.
    """

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """Rendered like any other group of fields."""


def eastern_publishing_panel() -> SchedulePanel:
    """The panel with the go-live and the expiry."""
    return SchedulePanel(
        heading="Schedule",
        icon="calendar",
        help_text="Dates take effect once someone who may publish clicks “Schedule for …”.",
        children=[
            FieldPanel("go_live_at", heading="Goes live", help_text=TIME_ZONE_NOTE),
            FieldPanel("expire_at", heading="Comes down", help_text=TIME_ZONE_NOTE),
        ],
    )


def _as_string(value: object) -> str:
    """A datetime as the widget's value. A string stays as it was typed."""
    if not isinstance(value, datetime):
        return str(value or "")
    local = value.astimezone(EASTERN) if timezone.is_aware(value) else value
    clock = f" {local:%Z}" if len(clocks_at(local.replace(tzinfo=None))) > 1 else ""
    return f"{ap_date(local)}T{local:%H:%M}{clock}"
