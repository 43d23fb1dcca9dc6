"""Times in the admin, as the clock in New York shows them and with their zone."""

from datetime import datetime

from django import template

from site_core.publishing.eastern import written_out

register = template.Library()


@register.filter
def eastern(at: datetime | None) -> str:
    """“Thu 7 Jan 2027, 9:00 a.m. ET”; "" for none."""
    return written_out(at) if at else ""
