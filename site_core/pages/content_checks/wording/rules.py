"""The rules of wording: what is marked, why, and what to write instead. They stand in `rules.yaml`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

RULES_FILE = Path(__file__).with_name("rules.yaml")

_WORD_BEGINS = r"\b"
_LONGEST_BEFORE = 12


@dataclass(frozen=True)
class Pattern:
    """A regular expression, what to write for what it finds, and what its sentence must or must not hold."""

    find: re.Pattern[str]
    write: str = ""
    unless: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    table: Mapping[str, str] = field(default_factory=dict)
    key: int = 1
    lower: bool = False
    not_after: Sequence[str] = ()
    begins_word: bool = False

    def stands_at(self, text: str, position: int) -> bool:
        """Whether a match at this position counts, for what stands before it."""
        before = text[max(0, position - _LONGEST_BEFORE) : position]
        if self.begins_word and (before[-1:].isalnum() or before.endswith("_")):
            return False
        return before.lower().rpartition(" ")[0].rpartition(" ")[2] not in self.not_after

    def suggestion(self, match: re.Match[str]) -> str | None:
        """What to write in place of the match, "" where nobody but the author knows, None if it is right as it is."""
        template = self.write
        if self.table:
            entry = self.table.get(match.group(self.key))
            if entry is None:
                return None
            template = template.replace("{table}", entry)
        text = match.expand(template)
        return text.lower() if self.lower else text


@dataclass(frozen=True)
class Rule:
    """One rule, its reason, and how it is applied."""

    id: str
    name: str
    why: str
    remedy: str
    words: Mapping[str, str | None]
    patterns: tuple[Pattern, ...]
    measured: str
    # What the function in `measured.py` needs to know.
    limits: Mapping[str, Any]


def _pattern(entry: dict[str, Any]) -> Pattern:
    # Python looks for a first letter many times faster than for the beginning of a word.
    entry["begins_word"] = entry["find"].startswith(_WORD_BEGINS)
    entry["find"] = entry["find"].removeprefix(_WORD_BEGINS)
    for name in ("find", "unless", "needs"):
        if name in entry:
            entry[name] = re.compile(entry[name])
    return Pattern(**entry)


def _rules() -> Iterator[Rule]:
    for entry in yaml.safe_load(RULES_FILE.read_text(encoding="utf-8")):
        words, patterns = entry.pop("words", {}), entry.pop("patterns", [])
        known = {name: entry.pop(name, "") for name in ("id", "name", "why", "remedy", "measured")}
        yield Rule(words=words, patterns=tuple(map(_pattern, patterns)), limits=entry, **known)


RULES: Mapping[str, Rule] = {rule.id: rule for rule in _rules()}
