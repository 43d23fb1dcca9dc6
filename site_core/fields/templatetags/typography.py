"""Typography that CSS alone cannot do."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Browsers balance headings of up to about six lines. This many characters fit into them on the narrowest screen.
BALANCED = 100
NO_BREAK_SPACE = "\u00a0"
# Words joined by hyphens, such as “first-in-NY”, as long as they fit on the line of a narrow screen.
COMPOUND = re.compile(r"(?<![\w-])(?=[\w-]{3,16}(?![\w-]))(\w+(?:-\w+)+)")
# “Nov. 22, 2026” or “Nov. 22”.
DAY = re.compile(
    r"\b((?:Jan\.|Feb\.|March|April|May|June|July|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.) \d{1,2}(?:, \d{4})?)(?!\d)"
)
# The same in HTML, whose tags may hold a date that is not shown.
DAY_OR_TAG = re.compile(rf"<[^>]*>|{DAY.pattern}")


@register.filter
def no_orphan(heading: str) -> SafeString:
    """Marks up a heading so that no word, and no part of a compound, is alone on a line.

    The last two words of a heading that is too long to be balanced are joined. A compound is kept on one line by CSS,
    so that its hyphens are plain ones when it is copied.
    """
    start, space, last = str(heading).rpartition(" ")
    text = f"{start}{NO_BREAK_SPACE}{last}" if space and len(heading) > BALANCED else str(heading)
    return _kept_together(COMPOUND, text)


@register.filter
def whole_days_within(html: str) -> SafeString:
    """Marks up the dates in the text of safe HTML so that no line ends within one."""
    return mark_safe(DAY_OR_TAG.sub(_marked_day, html))  # noqa: S308


@register.filter
def whole_days(sentence: object) -> SafeString:
    """Marks up a sentence so that no line ends within a date."""
    return _kept_together(DAY, str(sentence))


def _marked_day(found: re.Match[str]) -> str:
    day = found.group(1)
    return f'<span class="unbroken">{day}</span>' if day else found.group()


def _kept_together(pattern: re.Pattern[str], text: str) -> SafeString:
    """The text, with each match of the pattern, which has one group, in an element that no line breaks."""
    # Every other piece is a match.
    pieces = enumerate(pattern.split(text))
    marked = ((format_html('<span class="unbroken">{}</span>', piece) if at % 2 else piece,) for at, piece in pieces)
    return format_html_join("", "{}", marked)
