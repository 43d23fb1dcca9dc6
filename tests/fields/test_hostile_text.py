"""Whatever reads what an author has typed takes time in proportion to its length, whatever stands in it.

A megabyte takes a second at most. Less is tried here, so that the tests are quick: what grows with the square of the
length is much too slow with that as well.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from html import escape
from time import process_time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from news.models import NewsItemPage
from site_core.admin.request_limits import TooDeeplyNested, _require_few_levels
from site_core.fields.text import clean_text, comparable, is_visible
from site_core.fields.web_url import canonical_link, check_url
from site_core.fields.wrapped_links import unwrapped
from site_core.media.alt_text import is_file_name
from site_core.pages.content_checks.findings import text_issues
from site_core.pages.content_checks.wording.reading import findings_in
from site_core.pages.content_checks.words import (
    has_percentage,
    is_meaningless,
    raw_urls,
    reading_grade,
    relative_times,
    states_percentage,
)
from site_core.pages.page_links import linked_page_ids
from site_core.publishing.differences.changed_fields import without_editor_keys
from site_core.publishing.differences.normalized import BLOCK_KEY
from site_core.publishing.history.recorded_objects import _texts as texts_in_words
from site_core.publishing.ledger.erasure import _texts as texts_to_erase
from site_core.publishing.typed_links import without_hidden_links

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LENGTH = 20_000
# Seconds on a machine that counts to a million in `COUNTED`: five times as long as a second for each megabyte.
MOST, COUNTED = 0.1, 0.02
SHAPES = (
    *(" ", "  a", "\t", "\n", "\r\n", "\u200b", "a\u200d", "\u00ad"),
    *("1", "1.", "1,", "%", "1 %", "1% ", "100 percent ", "12 ", "1-"),
    *("[", "(", "{", "[]", "<", "<a ", "<a><", "</", "<!--", '<a linktype="page"', ' href="x"', '<p data-block-key="'),
    *("a", "A", "A ", "K.", "Giving ", "Last ", "Today ", "Monday ", "Monday, ", "first Monday, ", "every "),
    *(
        "offender ",
        "ex-",
        "the man was ",
        "GVI ",
        "40% ",
        "Aa Bb, 12, ",
        "at the corner of Aa and ",
        "because of ",
        "‘a",
    ),
    *("“", "”“", '"', "'", "A’", ".", "! ", "&", "&amp;", "\\", "*", "**a", "_", "–"),
    *("https://", "https://a.b ", "www.", "www.a.b/", "/RU=", "http://www.google.com/url?q="),
    *("\u0300", "\u0315\u0300", "a\u0315\u0300\u0316", "é", "\u3164", "한", "क\u094d", "😀"),
)
EDITOR = ContentstateConverter(["bold", "italic", "h3", "h4", "ul", "ol", "link", "document-link"])


def saved_by_the_editor(lines: Iterable[str], kind: str) -> None:
    empty = {"type": kind, "depth": 0, "key": "a", "inlineStyleRanges": [], "entityRanges": []}
    EDITOR.to_database_format(json.dumps({"blocks": [empty | {"text": line} for line in lines], "entityMap": {}}))


def checked_url(text: str) -> None:
    with suppress(ValidationError):
        check_url(f"https://{text}")


def leveled(text: str) -> None:
    for value in (text, f"[{json.dumps(text)}]"):
        with suppress(TooDeeplyNested):
            _require_few_levels(value)


def page_of(text: str) -> Page:
    page = NewsItemPage(title="A", summary=text)
    rich = f"<p>{escape(text)}</p><p><a href='/'>{escape(text)}</a></p>"
    blocks = [("text", rich), ("heading", text), ("quote", {"text": text, "speaker": text, "source": ""})]
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in blocks]
    )
    return page


READERS: dict[str, Callable[[str], Any]] = {
    "cleaned as a line": lambda text: clean_text(text, one_line=True),
    "cleaned": lambda text: clean_text(text, one_line=False),
    "compared": comparable,
    "visible": is_visible,
    "unwrapped": lambda text: [unwrapped(start + text) for start in ("", "https://urldefense.com/v3/__", "https://")],
    "unwrapped once more": lambda text: unwrapped(f"https://www.google.com/url?q={text}"),
    "link": lambda text: canonical_link(f"https://a.org/{text}"),
    "url": checked_url,
    "levels": leveled,
    # What is sent is twice as long: a line break takes two bytes.
    "saved": lambda text: saved_by_the_editor([text[: LENGTH // 2]], "unstyled"),
    # A line takes a hundred bytes.
    "saved as a list": lambda text: saved_by_the_editor(text[: LENGTH // 100], "unordered-list-item"),
    "opened": lambda text: EDITOR.from_database_format(f"<p>{escape(text)}</p>"),
    "indexed": lambda text: get_text_for_indexing(f"<p>{escape(text)}</p>"),
    "times": relative_times,
    "urls": raw_urls,
    "percentages": lambda text: (has_percentage(text), states_percentage(text)),
    "link text": is_meaningless,
    "grade": reading_grade,
    "file name": lambda text: is_file_name(text, "images/a.jpg"),
    "links": lambda text: (list(linked_page_ids(text)), without_hidden_links(text)),
    # It is in there five times.
    "checked": lambda text: text_issues(page_of(text[: LENGTH // 5])),
    "worded": findings_in,
    "merged": lambda text: (BLOCK_KEY.sub("", text), without_editor_keys(text)),
    "erased": lambda text: list(texts_to_erase([text])),
    "in words": lambda text: list(texts_in_words([text])),
}


def seconds_for(read: Callable[[str], object], text: str) -> float:
    started = process_time()
    read(text)
    return process_time() - started


def slowness() -> float:
    """How many times longer this machine takes now, because it is slow or busy."""
    return seconds_for(lambda text: sum(range(1_000_000)), "") / COUNTED


@pytest.mark.parametrize("reader", READERS)
def test_hostile_text_is_read_in_time(reader: str) -> None:
    read = READERS[reader]
    slow = []
    for shape in SHAPES:
        text = shape * (LENGTH // len(shape))
        if seconds_for(read, text) <= MOST:
            continue
        # Whatever else the machine does only adds to the time.
        took = min(seconds_for(read, text) for _ in range(3))
        if took > MOST * slowness():
            slow.append(f"{shape!r}: {took:.2f} s")
    assert slow == []
