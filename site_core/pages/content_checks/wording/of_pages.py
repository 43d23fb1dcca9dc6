"""What the rules of wording mark on a page, and what a person has said may stay."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page

from site_core.pages.content_checks.findings import moving_time_message
from site_core.pages.content_checks.passages import Location, Passage, parts_of
from site_core.pages.content_checks.reasons import KEPT, reasons_given
from site_core.pages.content_checks.wording.measured import defined_in
from site_core.pages.content_checks.wording.reading import Finding, findings_in
from site_core.publishing.types import Actor

# The content checks have a rule of their own for these: it asks for a reason before the page goes live.
MOVING_TIMES = "relative-times"
READING_GRADE = "reading-grade"
_LINE_END = re.compile(r"</(?:p|li|h\d)>|<br/?>")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class MarkedWords:
    """Words on a page that a rule has marked, and where they are."""

    location: Location
    finding: Finding


@dataclass(frozen=True)
class KeptWords:
    """What a person has said may stay on a page: words that a rule marks, and the messages of other checks."""

    words: frozenset[tuple[str, str]]
    messages: frozenset[str]

    def has(self, finding: Finding) -> bool:
        is_kept = (finding.rule.id, finding.words.lower()) in self.words
        return is_kept or (finding.rule.id == MOVING_TIMES and moving_time_message(finding.words) in self.messages)


def kept_words(page: Page) -> KeptWords:
    return kept_in(reasons_given(page).values_list("data", flat=True))


def kept_in(entries: Iterable[dict[str, Any]]) -> KeptWords:
    """The same, from the entries of a page's history."""
    rows = list(entries)
    words = frozenset((row["rule"], row["words"].lower()) for row in rows if "rule" in row)
    return KeptWords(words, frozenset(message for row in rows for message in row["messages"]))


def keep_words(page: Page, rule_id: str, words: str, reason: str, user: Actor) -> None:
    """Remember for this page that the words may stay, and why, in its history."""
    message = moving_time_message(words) if rule_id == MOVING_TIMES else f"“{words}”"
    log(page, KEPT, user=user, data={"messages": [message], "reason": reason, "rule": rule_id, "words": words})


def marked_words(page: Page, kept: KeptWords) -> list[MarkedWords]:
    """What is marked on a page, in reading order."""
    passages = [
        (part.location, _lines(part)) for part in parts_of(page) if isinstance(part, Passage) and _is_own(part)
    ]
    defined = defined_in("\n".join([page.title, *(text for _, text in passages)]))
    marked = []
    explained: set[str] = set()
    for location, text in passages:
        for finding in findings_in(text, defined | explained):
            if finding.rule.id == "abbreviations":
                explained.add(finding.words.rstrip("s"))
            if not (kept.has(finding) or _is_said_already(location, finding)):
                marked.append(MarkedWords(location, _for_any_day(finding)))
    return marked


def not_here_url(page: Page, marked: MarkedWords) -> str:
    """Where a person says that the words may stay on the page."""
    query = urlencode({"rule": marked.finding.rule.id, "words": marked.finding.words})
    return f"{reverse('wording_not_here', args=[page.pk])}?{query}"


def _for_any_day(finding: Finding) -> Finding:
    """Without the date, which is only right on the day on which the words were written."""
    return replace(finding, write="") if finding.rule.id == MOVING_TIMES else finding


def _is_own(part: Passage) -> bool:
    return not part.is_quoted and bool(part.text)


def _is_said_already(location: Location, finding: Finding) -> bool:
    """How hard the summary is to read, the content checks say themselves."""
    return finding.rule.id == READING_GRADE and location.field == "summary"


def _lines(part: Passage) -> str:
    """The text of a passage, a line for each paragraph and each point of a list."""
    return unescape(_TAG.sub("", _LINE_END.sub("\n", part.html))) if part.html else part.text
