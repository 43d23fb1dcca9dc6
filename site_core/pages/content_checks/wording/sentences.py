"""Splits a text into its sentences, and covers the quotations in it.

Both take time in proportion to the length of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

# Stands for each letter of a quotation, so that what follows keeps its place.
COVER = "\x00"
# One that is not closed goes on in the next paragraph, which opens it again.
_QUOTATION = re.compile(r"“[^“”\n]*”?|(?<!\w)\"[^\"\n]*\"|(?<!\w)‘[^‘’\n]{1,500}’(?!\w)")
_END = re.compile(r"\n|[.!?][”\"’)\x00]?[ \t]{1,4}(?=[\w“\"‘(\x00])")
# What ends with a period and no sentence.
_SHORTENED = re.compile(
    r"(?:\b(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Mrs?|Ms|Dr|Rev|Sgt|Lt|Gov|Sen|Rep|St|Ave|Blvd|No|vs|etc|Ala|Ariz|Calif"
    r"|Conn|Del|Fla|Ill|Ind|Mass|Mich|Minn|Miss|Pa|Tenn|Va|Wash|Wis)|\b[A-Za-z]\.[A-Za-z]|\b[A-Z])$"
)
_LONGEST_SHORTENED = 8


class Sentences:
    """A text with its quotations covered, and where its sentences begin."""

    def __init__(self, text: str) -> None:
        self.text = _QUOTATION.sub(lambda match: COVER * len(match.group(0)), text)
        self._asked: dict[tuple[re.Pattern[str], int], bool] = {}

    @cached_property
    def starts(self) -> list[int]:
        starts = [0]
        for match in _END.finditer(self.text):
            before = self.text[max(0, match.start() - _LONGEST_SHORTENED) : match.start()]
            if not (match.group(0).startswith(".") and _SHORTENED.search(before)):
                starts.append(match.end())
        return starts

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, [*self.starts[1:], len(self.text)], strict=True)

    def span_at(self, position: int) -> tuple[int, int]:
        """Where the sentence at a position begins and ends."""
        index = bisect_right(self.starts, position)
        return self.starts[index - 1], self.starts[index] if index < len(self.starts) else len(self.text)

    def begins_at(self, position: int) -> bool:
        start = self.span_at(position)[0]
        return position - start < _LONGEST_SHORTENED and not any(map(str.isalnum, self.text[start:position]))

    def has(self, pattern: re.Pattern[str], position: int) -> bool:
        """Whether the sentence at a position has a match. Each sentence is asked once."""
        start, end = self.span_at(position)
        asked = (pattern, start)
        if asked not in self._asked:
            self._asked[asked] = bool(pattern.search(self.text, start, end))
        return self._asked[asked]
