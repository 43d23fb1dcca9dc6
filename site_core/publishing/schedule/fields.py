"""Where an editor enters when something is to go live and to expire: a day, an hour, and whose time it is."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from site_core.publishing.eastern import EASTERN, clocks_at, parse_eastern

TIME_ZONE_NOTE = f"Eastern Time ({settings.TIME_ZONE}), as on the clock in New York."


class EasternDateTimeInput(forms.DateTimeInput):
    """A day and an hour, each in the browser's own field; in the hour that comes twice, also which of the two.

    Its value is written as “2026-11-01T01:30 EST”. A form may also send that in one piece, under the plain name.
    """

    template_name = "publishing/schedule/datetime_input.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        day, hour = data.get(f"{name}_day", "").strip(), data.get(f"{name}_hour", "").strip()
        if not day and not hour:
            return str(data.get(name) or "")
        return f"{day}T{hour} {data.get(f'{name}_clock', '')}".strip()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_day" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        at, _, clock = _written(value).partition(" E")
        day, _, hour = at.replace(" ", "T").partition("T")
        try:
            clocks = clocks_at(datetime.fromisoformat(f"{day}T{hour}"))
        except ValueError:
            clocks = []
        clocks = clocks if len(clocks) > 1 else []
        context["parts"] = {"day": day, "hour": hour, "clocks": clocks, "clock": f"E{clock}"}
        return context


class EasternDateTimeField(forms.DateTimeField):
    """Cleans what was entered to a time, and says so where that time does not exist or comes twice."""

    widget = EasternDateTimeInput

    def prepare_value(self, value: Any) -> Any:
        """A time keeps its zone, so that the widget can tell the first 1:30 from the second."""
        return value

    def to_python(self, value: Any) -> datetime | None:
        return value if isinstance(value, datetime) else parse_eastern(value or "")


# Wherever the admin asks for a time.
register_form_field_override(
    models.DateTimeField, override={"form_class": EasternDateTimeField, "widget": EasternDateTimeInput}
)


class SchedulePanel(PublishingPanel):
    """Go-live and expiry as a plain part of the form.

    Wagtail puts them into a dialog, whose calendar covers the button below, whose errors nobody sees until it is
    opened again, and whose “Save schedule” schedules nothing.
    """

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """Shown as any other group of fields."""


def eastern_publishing_panel() -> SchedulePanel:
    """Go-live and expiry, with the time zone beside each."""
    return SchedulePanel(
        heading="Schedule",
        icon="calendar",
        help_text="Dates take effect once somebody who may publish presses the button that says “Schedule for …”.",
        children=[
            FieldPanel("go_live_at", heading="Goes live", help_text=TIME_ZONE_NOTE),
            FieldPanel("expire_at", heading="Is taken down", help_text=TIME_ZONE_NOTE),
        ],
    )


def _written(value: Any) -> str:
    """A time as the widget writes it; what was typed stays as it is."""
    if not isinstance(value, datetime):
        return value or ""
    local = value.astimezone(EASTERN) if timezone.is_aware(value) else value
    clock = f" {local:%Z}" if len(clocks_at(local.replace(tzinfo=None))) > 1 else ""
    return f"{local:%Y-%m-%dT%H:%M}{clock}"
