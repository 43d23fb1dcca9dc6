"""What the rules of wording mark on a draft, in lines for its authors and for who approves it."""

from dataclasses import dataclass

from wagtail.models import Page

from site_core.pages.content_checks.passages import Location
from site_core.pages.content_checks.wording.of_pages import MOVING_TIMES, kept_words, marked_words, not_here_url
from site_core.publishing.editing.refusal_list import Refusal, place_of_block
from site_core.publishing.field_labels import label_of_field


@dataclass(frozen=True)
class MarkedRefusal(Refusal):
    """Words that a rule of wording marks, and where a person says that they may stay."""

    not_here: str = ""


def marked_lines(draft: Page) -> list[MarkedRefusal]:
    """All but what may stay. Of the times that move, the content checks tell themselves."""
    lines = []
    for marked in marked_words(draft, kept_words(draft)):
        if marked.finding.rule.id != MOVING_TIMES:
            line = line_at(draft, marked.location, marked.finding.message)
            not_here = not_here_url(draft, marked)
            lines.append(MarkedRefusal(line.place, line.sentence, line.anchor, line.field, not_here))
    return lines


def line_at(page: Page, location: Location, message: str) -> Refusal:
    """A sentence about a field or a block of a page, with its place."""
    field, index = location.field, location.block
    label = label_of_field(type(page), field)
    if index is None:
        return Refusal(label, message, f"id_{field}", field)
    place, anchor = place_of_block(label, index, getattr(page, field)[index])
    return Refusal(place, message, anchor, field)
