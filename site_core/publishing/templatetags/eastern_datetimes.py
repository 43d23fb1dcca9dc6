"""Eastern times, and other values of Python, in the templates of the admin."""

from datetime import date, datetime

from django import template

from site_core.publishing.differences.plain_values import in_plain_words
from site_core.publishing.eastern import written_out

register = template.Library()


@register.filter
def eastern(at: datetime | None) -> str:
    """“Thu., Jan. 7, 2027, 9:00 a.m. ET”; "" for none."""
    return written_out(at) if at else ""


@register.filter
def plain_value(value: object) -> object:
    """A date, a time, or yes or no, in words. Anything else as it is, HTML included."""
    return in_plain_words(value) if isinstance(value, bool | date) else value
