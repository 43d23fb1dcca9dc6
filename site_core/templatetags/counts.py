"""How many there are, in words that read well aloud."""

from django import template

from site_core.long_lists import MOST_COUNTED

register = template.Library()


@register.filter
def counted(number: int | None) -> str:
    """The number itself up to 1,000, and “more than 1,000” beyond; None for what was not counted further."""
    return f"more than {MOST_COUNTED:,}" if number is None or number > MOST_COUNTED else f"{number:,}"
