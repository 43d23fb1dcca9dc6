"""What a person reads on a screen of the admin, and what of it is a raw value or a word of Wagtail's machinery."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString

# Each with what it is: the values of Python, dates and times as machines write them, and Wagtail's own words.
RAW = re.compile(
    r"\b(?:None|True|False)\b|^\{\}$|(?<![\w/.-])\d{4}-\d\d(?:-\d\d)?(?![\w-])"
    r"|\b(?:[01]\d|2[0-3]):[0-5]\d\b(?![\d:]* [ap]\.m\.)"
)
MACHINERY = re.compile(
    r"\b(?:slugs?|snippets?|workflows?|moderat(?:ion|ed?)|date ?/ ?time|log entr(?:y|ies)|wagtail\w*|revisions?)\b"
    r"|\bRoot\b|^system$",
    re.I,
)
# The schedule has the hour in UTC beside the Eastern one, and UTC is written so. “Root page” is a column of “Sites”,
# which only those who run the site open, and Wagtail makes its label of a name of Python.
EXCUSED = re.compile(r"\d\d:\d\d UTC|^Root page$")
SHOWN_OR_READ_ALOUD = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value")
# A script fills the counters of the side panels in before it shows them.
UNSEEN = "[data-side-panel-toggle-counter]"


def raw_words(text: str) -> list[str]:
    """What of a text nobody in New York would say."""
    spoken = EXCUSED.sub("", text)
    return [*RAW.findall(spoken), *MACHINERY.findall(spoken)]


def words_on(html: str) -> Iterator[str]:
    """Every text of a screen that is seen or read aloud, dialogs and the sidebar included."""
    screen = BeautifulSoup(html, "html.parser")
    for sidebar in screen.select("script#wagtail-sidebar-props"):
        yield from _labels(json.loads(sidebar.text))
    for unseen in [*screen.find_all(["script", "style"]), *screen.select(UNSEEN)]:
        unseen.decompose()
    for tag in screen.find_all(True):
        yield from (str(tag[name]) for name in SHOWN_OR_READ_ALOUD if tag.get(name))
    for text in screen.find_all(string=True):
        # Comments are no text, and neither is the doctype.
        if isinstance(text, NavigableString) and not isinstance(text, PreformattedString) and text.strip():
            yield " ".join(text.split())


def _labels(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "label" and isinstance(one, str))
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _labels(one)
