"""Typography that CSS alone cannot do."""

from django import template

register = template.Library()

# Browsers balance headings of up to about six lines. This many characters fit into them on the narrowest screen.
BALANCED = 100
NO_BREAK_SPACE = "\u00a0"


@register.filter
def no_orphan(heading: str) -> str:
    """Joins the last two words of a heading that is too long to be balanced, so that no word is alone on a line."""
    start, space, last = str(heading).rpartition(" ")
    return f"{start}{NO_BREAK_SPACE}{last}" if space and len(heading) > BALANCED else heading
