"""Checks the content of a page before it goes live. Some issues block publishing, the others are warnings."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page

from site_core.pages.content_checks.passages import Heading, Location, Part, Passage, Picture, parts_of
from site_core.pages.content_checks.words import (
    has_percentage,
    is_meaningless,
    raw_urls,
    reading_grade,
    relative_times,
)

# The school grade that most readers outside a field follow with ease. plainlanguage.gov aims at the same.
HIGHEST_GRADE = 9
# Blocks that show an impact stat with its evidence, or two counts with their source.
_SOURCED_BLOCKS = {"figures", "before_after"}


@dataclass(frozen=True)
class ContentIssue:
    """One problem on a page, where it is, and whether the page has to wait for its fix."""

    location: Location
    message: str
    is_blocking: bool


def content_issues(page: Page) -> list[ContentIssue]:
    """Every issue on a page, in reading order."""
    parts = list(parts_of(page))
    issues = [ContentIssue(location, message, True) for check in BLOCKING for location, message in check(parts)]
    issues += [ContentIssue(location, message, False) for location, message in summary_too_hard(parts)]
    if not _block_types(page) & _SOURCED_BLOCKS:
        issues += [ContentIssue(location, message, False) for location, message in percentages_without_source(parts)]
    order = [part.location for part in parts]
    return sorted(issues, key=lambda issue: order.index(issue.location))


def refuse_blocked_content(page: Page) -> None:
    """Raise ValidationError with a message at each field or block that has a blocking issue."""
    field_errors: dict[str, list[ValidationError]] = defaultdict(list)
    block_errors: dict[str, dict[int, ValidationError]] = defaultdict(dict)
    for issue in content_issues(page):
        if not issue.is_blocking:
            continue
        field, block = issue.location.field, issue.location.block
        if block is None:
            field_errors[field].append(ValidationError(issue.message))
        else:
            errors = block_errors[field]
            earlier = errors[block].messages if block in errors else []
            errors[block] = ValidationError([*earlier, issue.message])
    for field, errors in block_errors.items():
        field_errors[field].append(StreamBlockValidationError(block_errors=errors))
    if field_errors:
        raise ValidationError(dict(field_errors))


def warnings_of(page: Page) -> list[str]:
    """The messages of the issues that do not block publishing."""
    return [issue.message for issue in content_issues(page) if not issue.is_blocking]


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


def meaningless_links(parts: list[Part]) -> Found:
    for part in parts:
        if isinstance(part, Passage):
            for text in part.link_texts:
                if is_meaningless(text):
                    shown = f"“{text}”" if text else "A link without words"
                    yield part.location, f"{shown} does not say where the link leads: name the page or the site."


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
                yield (
                    part.location,
                    f"“{words}” means another day to each reader: write the date, the month or the year.",
                )


def summary_too_hard(parts: list[Part]) -> Found:
    summary = parts[0]
    if isinstance(summary, Passage) and (grade := reading_grade(summary.text)) > HIGHEST_GRADE:
        yield (
            summary.location,
            f"The summary reads like grade {ceil(grade)}. Shorter sentences and plainer words reach more people "
            f"(grade {HIGHEST_GRADE} or lower).",
        )


def percentages_without_source(parts: list[Part]) -> Found:
    for part in parts:
        if isinstance(part, Passage) and not part.is_quoted and not part.link_texts and has_percentage(part.text):
            yield part.location, "A percentage stands here without a figure or a link to its source."


BLOCKING: tuple[Callable[[list[Part]], Found], ...] = (
    pictures_without_description,
    headings_out_of_order,
    meaningless_links,
    urls_in_the_text,
    times_that_move,
)


def _block_types(page: Page) -> set[str]:
    return {block.block_type for block in getattr(page, "body", ())}
