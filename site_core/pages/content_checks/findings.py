"""What is checked before a page goes live: what keeps it back, and what is only worth another look."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from site_core.pages.content_checks.passages import Heading, Part, Passage, Picture, Place, parts_of
from site_core.pages.content_checks.words import (
    has_percentage,
    is_meaningless,
    raw_urls,
    reading_grade,
    relative_times,
)

# The grade that readers outside a field can be expected to follow with ease (plainlanguage.gov aims at the same).
HIGHEST_GRADE = 9
# Blocks that show a figure with its evidence, or two counts with their source.
_BRINGS_ITS_SOURCE = ("figures", "before_after")


@dataclass(frozen=True)
class Finding:
    """One object to mend, where it stands, and whether the page has to wait for it."""

    place: Place
    sentence: str
    keeps_back: bool


def findings_of(page: Any) -> list[Finding]:
    """Everything the checks find on a page, in the order of the page."""
    parts = list(parts_of(page))
    found = [Finding(place, sentence, True) for check in BLOCKING for place, sentence in check(parts)]
    found += [Finding(place, sentence, False) for place, sentence in summary_too_hard(parts)]
    if not any(_block_types(page) & {kind} for kind in _BRINGS_ITS_SOURCE):
        found += [Finding(place, sentence, False) for place, sentence in percentages_without_source(parts)]
    order = [part.place for part in parts]
    return sorted(found, key=lambda finding: order.index(finding.place))


def refuse_blocked_content(page: Any) -> None:
    """Raises ValidationError with a sentence at each place that has to be mended first."""
    at_fields: dict[str, list[ValidationError]] = defaultdict(list)
    at_blocks: dict[str, dict[int, ValidationError]] = defaultdict(dict)
    for finding in findings_of(page):
        if not finding.keeps_back:
            continue
        if finding.place.block is None:
            at_fields[finding.place.field].append(ValidationError(finding.sentence))
        else:
            errors = at_blocks[finding.place.field]
            earlier = errors[finding.place.block].messages if finding.place.block in errors else []
            errors[finding.place.block] = ValidationError([*earlier, finding.sentence])
    for field, errors in at_blocks.items():
        at_fields[field].append(StreamBlockValidationError(block_errors=errors))
    if at_fields:
        raise ValidationError(dict(at_fields))


def warnings_of(page: Any) -> list[str]:
    """What is worth another look, in sentences."""
    return [finding.sentence for finding in findings_of(page) if not finding.keeps_back]


Mistakes = Iterator[tuple[Place, str]]


def pictures_without_description(parts: list[Part]) -> Mistakes:
    for part in parts:
        if isinstance(part, Picture) and not part.is_described:
            yield part.place, "Describe what the picture shows, or mark it as decoration."


def headings_out_of_order(parts: list[Part]) -> Mistakes:
    """A heading is at most one level below the one before it. The page's own title is level 1."""
    level = 1
    for part in parts:
        if not isinstance(part, Heading):
            continue
        if part.level > level + 1:
            above = "a Heading block" if part.level == 3 else "a larger heading"
            yield part.place, f"This heading is too small for its place: put {above} above it, or make it larger."
        level = part.level


def meaningless_links(parts: list[Part]) -> Mistakes:
    for part in parts:
        if isinstance(part, Passage):
            for text in part.link_texts:
                if is_meaningless(text):
                    shown = f"“{text}”" if text else "A link without words"
                    yield part.place, f"{shown} does not say where the link leads: name the page or the site."


def urls_in_the_text(parts: list[Part]) -> Mistakes:
    for part in parts:
        if isinstance(part, Passage):
            for address in raw_urls(part.text):
                remedy = "make words that name it the link" if part.html else "leave it out here"
                yield part.place, f"“{address}” stands in the text: {remedy}."


def times_that_move(parts: list[Part]) -> Mistakes:
    for part in parts:
        if isinstance(part, Passage) and not part.is_quoted:
            for words in relative_times(part.text):
                yield part.place, f"“{words}” means another day to each reader: write the date, the month or the year."


def summary_too_hard(parts: list[Part]) -> Mistakes:
    summary = parts[0]
    if isinstance(summary, Passage) and (grade := reading_grade(summary.text)) > HIGHEST_GRADE:
        yield (
            summary.place,
            f"The summary reads like grade {ceil(grade)}. Shorter sentences and plainer words reach more people "
            f"(grade {HIGHEST_GRADE} or lower).",
        )


def percentages_without_source(parts: list[Part]) -> Mistakes:
    for part in parts:
        if isinstance(part, Passage) and not part.is_quoted and not part.link_texts and has_percentage(part.text):
            yield part.place, "A percentage stands here without a figure or a link to its source."


BLOCKING: tuple[Callable[[list[Part]], Mistakes], ...] = (
    pictures_without_description,
    headings_out_of_order,
    meaningless_links,
    urls_in_the_text,
    times_that_move,
)


def _block_types(page: Any) -> set[str]:
    return {block.block_type for block in getattr(page, "body", ())}
