"""Finds relative times, bare URLs and meaningless link texts in English, and rates how hard a text is to read."""

import re

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SPANS = "days?|nights?|weeks?|weekends?|months?|quarters?|years?|decades?"
_SEASONS = "spring|summer|fall|autumn|winter"
_NUMBERS = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple of"
_RELATIVE = re.compile(
    rf"\b(?:yesterday|today|tonight|tomorrow|nowadays"
    rf"|(?:last|this|next|past|coming) (?:(?:{_NUMBERS}) )?(?:{_SPANS}|{_SEASONS}|{_DAYS}|{_MONTHS})"
    rf"|(?:{_NUMBERS}) (?:{_SPANS}) ago)\b"
    # A weekday followed by its date, as in “Tuesday, April 3”, is not relative.
    rf"|\b(?:{_DAYS})(?: (?:morning|afternoon|evening|night))?\b(?!,? [A-Z][a-z]+\.? \d)",
    re.IGNORECASE,
)
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:•\n]\s*)$")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_RAW_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"”]+", re.IGNORECASE)
_PERCENTAGE = re.compile(r"\d(?:\.\d+)?\s?%|\bpercent\b", re.IGNORECASE)
_MEANINGLESS = {
    *("", "click", "click here", "details", "download", "go", "here", "learn more", "link", "more"),
    *("more information", "read", "read more", "read this", "see", "see here", "see more"),
    *("this", "this article", "this link", "this page"),
}


def relative_times(text: str) -> list[str]:
    """Words that mean another day to each reader, such as “last year” or “Tuesday afternoon”, outside quotations."""
    unquoted = _QUOTED.sub(" ", text)
    return [match.group(0) for match in _RELATIVE.finditer(unquoted) if not _is_name(unquoted, match)]


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the words are part of a name, as in “USA TODAY”: capitalized within a sentence, weekdays excepted."""
    words = match.group(0)
    if words[0].islower() or re.match(_DAYS, words):
        return False
    return not _STARTS_SENTENCE.search(text[: match.start()])


def raw_urls(text: str) -> list[str]:
    """The URLs in the text itself."""
    return [match.group(0).rstrip(".,;:)") for match in _RAW_URL.finditer(text)]


def is_meaningless(link_text: str) -> bool:
    """Whether a link text, read alone, leaves open where the link leads: “here”, “read more” or an empty text."""
    return " ".join(re.findall(r"[a-z]+", link_text.lower())) in _MEANINGLESS


def has_percentage(text: str) -> bool:
    return bool(_PERCENTAGE.search(text))


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
