"""Counts in words that read well aloud: “24 items”, “1 item”, “no items”, “more than 1,000 items”."""

from django import template

from site_core.fields.pagination import MOST_COUNTED

register = template.Library()


@register.filter
def in_full(number: int, noun: str = "") -> str:
    """The exact number, with a noun if one is given."""
    if not noun:
        return f"{number:,}"
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else f"no {noun}s"


@register.filter
def counted(number: int | None, noun: str = "") -> str:
    """The same up to 1,000, and “more than 1,000” above that and for None."""
    if number is not None and number <= MOST_COUNTED:
        return in_full(number, noun)
    return f"more than {in_full(MOST_COUNTED, noun)}"
