"""Finds relative times, bare URLs and meaningless link texts in English, and rates how hard a text is to read.

Every function takes time in proportion to the length of the text, whatever stands in it: no part of a pattern that is
tried at many places is unbounded.
"""

import re
from collections.abc import Iterator

from site_core.fields.text import normal_form

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SPANS = "days?|nights?|weeks?|weekends?|months?|quarters?|years?|decades?"
_SEASONS = "spring|summer|fall|autumn|winter"
_NUMBERS = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple of"
_RELATIVE = re.compile(
    rf"\b(?:yesterday|today|tonight|tomorrow|nowadays"
    rf"|(?:last|this|next|past|coming) (?:(?:{_NUMBERS}) )?(?:{_SPANS}|{_SEASONS}|{_DAYS}|{_MONTHS})"
    rf"|(?:{_NUMBERS}) (?:{_SPANS}) ago"
    rf"|(?:{_DAYS})(?: (?:morning|afternoon|evening|night))?)\b",
    re.IGNORECASE,
)
_ORDINALS = "first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th"
# “Monday through Friday”, “Monday, Wednesday and Friday”, “Monday–Friday”
_MORE_DAYS = rf"(?:[\s,/&–—-]{{1,3}}(?:(?:through|thru|to|until|till|and|or)\s{{1,2}})?(?:{_DAYS}))"
_DAY_OF_A_SCHEDULE = re.compile(
    rf"\b(?:(?:every|each|any|alternate)\s(?:other\s)?(?:(?:{_ORDINALS}|last)\s)?(?:{_DAYS}){_MORE_DAYS}*"
    rf"|(?:{_ORDINALS})\s(?:{_DAYS})"
    rf"|last\s(?:{_DAYS}|{_SPANS}|{_SEASONS})\sof"
    rf"|(?:{_DAYS}){_MORE_DAYS}+"
    # Its date follows, as in “Tuesday, April 3”.
    rf"|(?:{_DAYS}),?\s\(?(?:the\s)?(?:[A-Z][a-z]{{1,10}}\.?\s)?\d{{1,4}}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
# Before a weekday, these words begin a sentence and no name.
_NO_NAMES = (
    "On|By|Last|Next|This|Past|Coming|Since|Until|Till|Before|After|Late|Early|From|And|But|So|Or|For|The|A|That"
)
_DAY_IN_A_NAME = re.compile(
    # “Giving Tuesday”, “Black Friday”
    rf"\b(?!(?:{_NO_NAMES})\b)[A-Z][\w’'.]{{0,30}}\s(?:{_DAYS})\b"
    # “Friday Night Lights”, “Sunday School”
    rf"|(?<![Oo]n\s)(?<![Bb]y\s)\b(?:{_DAYS})(?:\s(?:Morning|Afternoon|Evening|Night))?\s[A-Z]\w"
)
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
# How far back the beginning of a sentence is looked for.
_BEFORE = 40
_RAW_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"”]+", re.IGNORECASE)
_PERCENTAGE = re.compile(r"\d\s?[%％]|\b(?:percent|per cent)\b", re.IGNORECASE)
# “100 percent” and “0%” are figures of speech more often than measurements.
_MEASURED = re.compile(
    r"(?<![\d.,])(?!(?:100|0)[\s-]?(?:[%％]|per))\d{1,12}(?:[.,]\d{1,12})?[\s-]?(?:[%％]|(?:percent|per cent)\b)",
    re.IGNORECASE,
)
_MEANINGLESS = {
    *("", "click", "click here", "details", "download", "go", "here", "learn more", "link", "more"),
    *("more information", "read", "read more", "read this", "see", "see here", "see more"),
    *("this", "this article", "this link", "this page"),
}
_LONGEST_MEANINGLESS = max(map(len, _MEANINGLESS))


def relative_times(text: str) -> list[str]:
    """Words that mean another day to each reader, such as “last year” or “Tuesday afternoon”, outside quotations.

    Days of a schedule (“Monday through Friday”, “every first Tuesday”) and of a name (“Giving Tuesday”) do not.
    """
    return [match.group(0) for match in relative_time_matches(text)]


def relative_time_matches(text: str) -> Iterator[re.Match[str]]:
    """Where these words stand."""
    for stays in (_QUOTED, _DAY_OF_A_SCHEDULE, _DAY_IN_A_NAME):
        text = stays.sub(lambda match: " " * len(match.group(0)), text)
    return (match for match in _RELATIVE.finditer(text) if not _is_name(text, match))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the words are part of a name, as in “USA TODAY”: capitalized within a sentence, weekdays excepted."""
    words = match.group(0)
    if words[0].islower() or re.match(_DAYS, words):
        return False
    before = text[max(0, match.start() - _BEFORE) : match.start()].rstrip(" ")
    return bool(before) and before[-1] not in ".!?:•\n"


def raw_urls(text: str) -> list[str]:
    """The URLs in the text itself."""
    return [match.group(0).rstrip(".,;:)") for match in _RAW_URL.finditer(text)]


def is_meaningless(link_text: str) -> bool:
    """Whether a link text, read alone, leaves open where the link leads: “here”, “read more” or only signs.

    Only English is read. A text in any other language says where its link leads.
    """
    words = " ".join(re.findall(r"[^\W_]+", link_text.lower()))
    return len(words) <= _LONGEST_MEANINGLESS and normal_form("NFKC", words) in _MEANINGLESS


def has_percentage(text: str) -> bool:
    return bool(_PERCENTAGE.search(text))


def states_percentage(text: str) -> bool:
    """Whether the text states a measured percentage in words of its own, not in a quotation."""
    return bool(_MEASURED.search(_QUOTED.sub(" ", text)))


def reading_grade(text: str) -> float:
    """The school grade needed to follow a text, by Flesch and Kincaid (1975). An empty text has grade 0.

    A syllable is counted as a group of vowels, without a final silent e. That is right for most words.
    """
    words = re.findall(r"[A-Za-z’']+", text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?]+(?=\s|$)", text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee", "ye")) and groups > 1:
        groups -= 1
    return max(1, groups)
