"""Checks the content of a page before it goes live.

Only what is certain blocks. What rests on reading English, or on taste, may stay if somebody says why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from math import ceil

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page

from site_core.fields.text import is_visible
from site_core.pages.content_checks.passages import Heading, Location, Part, Passage, Picture, parts_of
from site_core.pages.content_checks.reasons import GIVE_REASON, REASON_FIELD, kept_messages
from site_core.pages.content_checks.words import (
    has_percentage,
    is_meaningless,
    raw_urls,
    reading_grade,
    relative_times,
    states_percentage,
)

# The school grade that most readers outside a field follow with ease. plainlanguage.gov aims at the same.
HIGHEST_GRADE = 9
# Blocks that show an impact stat with its evidence, or two counts with their source.
_SOURCED_BLOCKS = {"figures", "before_after"}


class Weight(Enum):
    """What an issue does to a page that is to be published or sent for review, as the screens say it."""

    BLOCKING = "Fix before it goes live"
    NEEDS_REASON = "Fix, or say why it may stay"
    HINT = "Worth another look"


@dataclass(frozen=True)
class ContentIssue:
    """One problem on a page, where it is, and its weight."""

    location: Location
    message: str
    weight: Weight

    @property
    def is_blocking(self) -> bool:
        return self.weight is Weight.BLOCKING


def content_issues(page: Page) -> list[ContentIssue]:
    """Every issue on a page, in reading order. Those that depend on other content come first."""
    found = [*page.repeats(), *page.unfinished()]
    of_fields = [ContentIssue(Location(field), message, Weight.BLOCKING) for field, message in found]
    return [*of_fields, *(text_issues(page) if page.text_issues is None else page.text_issues)]


def text_issues(page: Page) -> list[ContentIssue]:
    """The issues that follow from the text alone, which may be long."""
    parts = list(parts_of(page))
    issues: list[ContentIssue] = []
    for check, weight in CHECKS:
        issues += [ContentIssue(location, message, weight) for location, message in check(parts)]
    issues += percentages_without_source(page, parts)
    order = {part.location: index for index, part in enumerate(parts)}
    return sorted(issues, key=lambda issue: order.get(issue.location, -1))


def refuse_blocked_content(page: Page) -> None:
    """Raise ValidationError with a message at each field or block with an issue that blocks or lacks its reason."""
    stopping = [issue for issue in open_issues(page) if issue.weight is not Weight.HINT]
    field_errors: dict[str, list[ValidationError]] = defaultdict(list)
    block_errors: dict[str, dict[int, ValidationError]] = defaultdict(dict)
    for issue in stopping:
        field, block = issue.location.field, issue.location.block
        if block is None:
            field_errors[field].append(ValidationError(issue.message))
        else:
            errors = block_errors[field]
            earlier = errors[block].messages if block in errors else []
            errors[block] = ValidationError([*earlier, issue.message])
    for field, errors in block_errors.items():
        field_errors[field].append(_block_error(errors))
    if any(issue.weight is Weight.NEEDS_REASON for issue in stopping):
        field_errors[REASON_FIELD].append(ValidationError(GIVE_REASON))
    if field_errors:
        raise ValidationError(dict(field_errors))


def _block_error(errors: dict[int, ValidationError]) -> StreamBlockValidationError:
    """The errors of blocks. Its own message repeats theirs, for lists and mails, which show no blocks."""
    error = StreamBlockValidationError(block_errors=errors)
    error.message = " ".join(message for each in errors.values() for message in each.messages)
    return error


def open_issues(page: Page) -> list[ContentIssue]:
    """The issues but for those that may stay: the form or the page's history has a reason."""
    issues = content_issues(page)
    asked = [issue for issue in issues if issue.weight is Weight.NEEDS_REASON]
    if not asked:
        return issues
    kept = {issue.message for issue in asked} if page.reason_to_keep else kept_messages(page)
    return [issue for issue in issues if issue not in asked or issue.message not in kept]


def messages_with_reason(page: Page) -> list[str]:
    """The messages for which the reason is given that was typed into the form of the page."""
    return [issue.message for issue in content_issues(page) if issue.weight is Weight.NEEDS_REASON]


def hints_of(page: Page) -> list[str]:
    """The messages of the issues that are only worth another look."""
    return [issue.message for issue in content_issues(page) if issue.weight is Weight.HINT]


Found = Iterator[tuple[Location, str]]


def pictures_without_description(parts: list[Part]) -> Found:
    for part in parts:
        if isinstance(part, Picture) and not part.is_described:
            yield part.location, "Describe what the picture shows, or mark it as decoration."


def headings_out_of_order(parts: list[Part]) -> Found:
    """A heading is at most one level below the heading before it. The page title is level 1."""
    level = 1
    for part in parts:
        if not isinstance(part, Heading):
            continue
        if part.level > level + 1:
            above = "a Heading block" if part.level == 3 else "a larger heading"
            yield part.location, f"This heading is too small for its place: put {above} above it, or make it larger."
        level = part.level


def links_without_words(parts: list[Part]) -> Found:
    for location, text in _link_texts(parts):
        if not is_visible(text):
            yield location, "A link without words does not say where the link leads: name the page or the site."


def meaningless_links(parts: list[Part]) -> Found:
    for location, text in _link_texts(parts):
        if is_visible(text) and is_meaningless(text):
            yield location, f"“{text}” does not say where the link leads: name the page or the site."


def _link_texts(parts: list[Part]) -> Found:
    for part in parts:
        if isinstance(part, Passage):
            yield from ((part.location, text) for text in part.link_texts)


def urls_in_the_text(parts: list[Part]) -> Found:
    for part in parts:
        if isinstance(part, Passage):
            for url in raw_urls(part.text):
                remedy = "make words that name it the link" if part.html else "leave it out here"
                yield part.location, f"“{url}” stands in the text: {remedy}."


def times_that_move(parts: list[Part]) -> Found:
    for part in parts:
        if isinstance(part, Passage) and not part.is_quoted:
            for words in relative_times(part.text):
                yield part.location, moving_time_message(words)


def moving_time_message(words: str) -> str:
    return f"“{words}” means another day to each reader: write the date, the month or the year."


def summary_too_hard(parts: list[Part]) -> Found:
    summary = parts[0]
    if isinstance(summary, Passage) and (grade := reading_grade(summary.text)) > HIGHEST_GRADE:
        yield (
            summary.location,
            f"The summary reads like grade {ceil(grade)}. Shorter sentences and plainer words reach more people "
            f"(grade {HIGHEST_GRADE} or lower).",
        )


def percentages_without_source(page: Page, parts: list[Part]) -> Iterator[ContentIssue]:
    """A percentage of ours. It blocks a page that names no source at all; on others, the source may be elsewhere."""
    blocks = _block_types(page)
    if blocks & _SOURCED_BLOCKS:
        return
    may_have_source = page.names_source or "documents" in blocks or any(True for _ in _link_texts(parts))
    for part in parts:
        if isinstance(part, Passage) and not part.is_quoted and not part.link_texts and has_percentage(part.text):
            is_certain = not may_have_source and states_percentage(part.text)
            yield ContentIssue(
                part.location,
                "A percentage stands here without a figure or a link to its source. Add the impact stat or the link.",
                Weight.BLOCKING if is_certain else Weight.HINT,
            )


CHECKS: tuple[tuple[Callable[[list[Part]], Found], Weight], ...] = (
    (pictures_without_description, Weight.BLOCKING),
    (links_without_words, Weight.BLOCKING),
    (headings_out_of_order, Weight.NEEDS_REASON),
    (meaningless_links, Weight.NEEDS_REASON),
    (urls_in_the_text, Weight.NEEDS_REASON),
    (times_that_move, Weight.NEEDS_REASON),
    (summary_too_hard, Weight.HINT),
)


def _block_types(page: Page) -> set[str]:
    return {block.block_type for block in getattr(page, "body", ())}
