"""Opens a file by what it holds. A name that promises something else is an error."""

import re
from pathlib import Path

from news.archive.reading.delimited import read_delimited
from news.archive.reading.encodings import encoding_of, open_text
from news.archive.reading.feed import read_feed
from news.archive.reading.json_file import read_json
from news.archive.reading.old_listing import is_old_listing, looks_like_html, read_old_listing
from news.archive.reading.source import ArchiveError, Source, checked
from news.archive.reading.workbook import read_workbook

MAX_BYTES = 100_000_000
# What is read as a whole.
MAX_WHOLE_BYTES = 40_000_000
_BEGINNING = 100_000
CSV, WORKBOOK, JSON, FEED, LISTING = "CSV", "an Excel workbook", "JSON", "a feed", "a listing"
# The forms that a name may promise, by its ending. A name with another ending promises nothing.
PROMISED: dict[str, tuple[str, ...]] = {
    ".csv": (CSV,),
    ".tsv": (CSV,),
    ".xlsx": (WORKBOOK,),
    ".xlsm": (WORKBOOK,),
    ".json": (JSON,),
    ".rss": (FEED,),
    ".atom": (FEED,),
    ".xml": (FEED,),
    ".html": (LISTING,),
    ".htm": (LISTING,),
    ".txt": (CSV, LISTING),
}
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a workbook of Excel 97 to 2003, or one with a password",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
}


def open_archive(path: Path, name: str = "") -> Source:
    """The file with its records. `name` is what the person called it.

    Raises ArchiveError, also while the records are read.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ArchiveError("This is not a file.")
        if not size:
            raise ArchiveError("The file is empty.")
        if size > MAX_BYTES:
            raise ArchiveError(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it into several files.")
        form = _form(path)
        _require_promised(Path(name or path.name).suffix.lower(), form)
        if form not in (CSV, WORKBOOK) and size > MAX_WHOLE_BYTES:
            raise ArchiveError(f"{form[0].upper()}{form[1:]} may have at most {MAX_WHOLE_BYTES // 1_000_000} MB.")
        source = _read(path, form)
    except OSError as error:
        raise ArchiveError(f"The file cannot be read: {error.strerror or error}.") from None
    source.records = checked(source.records)
    return source


def _read(path: Path, form: str) -> Source:
    if form == WORKBOOK:
        return read_workbook(path)
    if form == JSON:
        return read_json(path)
    if form == FEED:
        return read_feed(path)
    if form == LISTING:
        return read_old_listing(path)
    return read_delimited(path, encoding_of(path))


def _form(path: Path) -> str:
    with path.open("rb") as file:
        first = file.read(8)
    if first.startswith(b"PK\x03\x04"):
        return WORKBOOK
    for sign, words in _FOREIGN.items():
        if first.startswith(sign):
            raise ArchiveError(f"The file is {words}. Save it as CSV or as an Excel workbook (.xlsx).")
    with open_text(path, encoding_of(path)) as file:
        text = re.sub(r"\A(\s*<!--.*?-->)*\s*", "", file.read(_BEGINNING).removeprefix("\ufeff"), flags=re.S)
    if not text:
        raise ArchiveError("The file is empty.")
    if text[0] == "{" or re.match(r"\[\s*[{\]]", text):
        return JSON
    if re.match(r"<\?xml|<(rss|feed|rdf:RDF)\b", text) and re.search(r"<(rss|feed|rdf:RDF)\b", text[:5_000]):
        return FEED
    if text.startswith("<?xml") and "<html" not in text[:5_000]:
        return FEED
    if looks_like_html(text) or is_old_listing(text):
        return LISTING
    return CSV


def _require_promised(suffix: str, form: str) -> None:
    promised = PROMISED.get(suffix)
    if promised and form not in promised:
        found = "plain text" if form == CSV else "a web page" if form == LISTING and suffix != ".txt" else form
        raise ArchiveError(f"The name ends in {suffix}, but the file is {found}.")
