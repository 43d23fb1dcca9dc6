"""The text of a fetched page, whatever it says about its characters."""

import codecs
import re
from collections.abc import Iterator

from site_core.outgoing.guard import Answer

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.I)
# Bytes at the beginning in which a page declares its characters.
_HEAD = 4_096
# What browsers read instead.
_READ_AS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def text_of(answer: Answer) -> str:
    """Read by the first that fits of: its mark, UTF-8, what its header says, what it says itself, Windows-1252."""
    for name in _candidates(answer):
        try:
            return answer.body.decode(_READ_AS.get(name.lower(), name))
        except (UnicodeError, LookupError):
            continue
    return answer.body.decode("cp1252", "replace")


def _candidates(answer: Answer) -> Iterator[str]:
    for mark, name in _BYTE_ORDER_MARKS:
        if answer.body.startswith(mark):
            yield "utf-8-sig" if name == "utf-8" else name
    # Text of another encoding is hardly ever valid UTF-8, except where escapes make it ASCII.
    declared = _DECLARED.search(answer.body[:_HEAD])
    said = [name for name in (answer.charset, declared[1].decode("ascii") if declared else "") if name]
    yield from (name for name in said if name.lower().startswith("iso-2022"))
    yield "utf-8"
    yield from said
