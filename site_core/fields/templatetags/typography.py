"""How words are set where a stylesheet alone cannot do it."""

from django import template

register = template.Library()

# Browsers balance the lines of a heading up to some six lines; this many characters take no more on the narrowest.
BALANCED = 100
NO_BREAK_SPACE = "\u00a0"


@register.filter
def no_orphan(heading: str) -> str:
    """A heading too long to be balanced, with its last two words tied together so that none stands on a line alone."""
    start, space, last = str(heading).rpartition(" ")
    return f"{start}{NO_BREAK_SPACE}{last}" if space and len(heading) > BALANCED else heading
