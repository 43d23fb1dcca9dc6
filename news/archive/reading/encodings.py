"""Finds the encoding of a text file, and opens it as text."""

import codecs
from io import TextIOWrapper
from pathlib import Path

from charset_normalizer import from_bytes

from news.archive.reading.source import UNREADABLE, ArchiveError

# As much as is looked at to guess an encoding other than Unicode.
SAMPLE_BYTES = 200_000
# The share of zero bytes that a text may have.
MAX_ZEROS = 0.01
# A text is UTF-8 if it has so many letters of it, beside the plain ones, for each byte that cannot be.
LETTERS_A_FAULT = 3
_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What spreadsheet programs in the United States have written besides Unicode: Windows, and Macs of old.
_OTHERS = ["cp1252", "mac_roman"]
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "mac_roman": "Mac Roman"}


def encoding_of(path: Path) -> str:
    """The name of the encoding. Raises ArchiveError for a file that is no text.

    A few zero bytes in a text are stray: programs leave them between words, and reading leaves them out.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if sample.count(0) > len(sample) * MAX_ZEROS:
        return _without_mark(sample)
    if _is_utf_8(path):
        return "utf-8"
    found = from_bytes(sample, cp_isolation=_OTHERS).best()
    return found.encoding if found else "cp1252"


def open_text(path: Path, encoding: str) -> TextIOWrapper:
    """The file as text, with its line ends as they are. What the encoding has no letter for becomes “�”."""
    return path.open(encoding=encoding, errors="replace", newline="")


def named(encoding: str) -> str:
    return NAMES.get(encoding, "UTF-16")


def _without_mark(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin letters is zero."""
    pairs = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[0::2].count(0))):
        if sample.count(0) == zeros and zeros > pairs / 2:
            return encoding
    raise ArchiveError("The file is not text: it has zero bytes in it. Save it as CSV or as an Excel workbook.")


def _is_utf_8(path: Path) -> bool:
    """Whether the file is UTF-8, but for a few bytes: a file put together of several may have some of another one."""
    letters = faults = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        while chunk := file.read(_CHUNK):
            broken = chunk.count(UNREADABLE)
            faults += broken
            letters += len(chunk) - broken - len(chunk.encode("ascii", "ignore"))
    return letters >= LETTERS_A_FAULT * faults
