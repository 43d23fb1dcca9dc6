"""Eastern times in the templates of the admin."""

from datetime import datetime

from django import template

from site_core.publishing.eastern import written_out

register = template.Library()


@register.filter
def eastern(at: datetime | None) -> str:
    """“Thu., Jan. 7, 2027, 9:00 a.m. ET”; "" for none."""
    return written_out(at) if at else ""
