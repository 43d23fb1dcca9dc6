"""Files are read in the form that they have, and what cannot be read is refused with one sentence."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from news.archive.columns import UnknownColumn, matched
from news.archive.reading import ArchiveError, Record, open_archive
from news.archive.reading import source as limits
from tests.news.archive.archives import old_listing, workbook
from tests.news.archive.rows import read


def records_of(file: Path) -> list[Record]:
    return list(open_archive(file).records)


def refusal(file: Path) -> str:
    with pytest.raises(ArchiveError) as refused:
        records_of(file)
    return str(refused.value)


ROW = {"date": "April 2016", "title": "Café “talks”", "link": "https://example.org/a"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_file_of_any_program_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["Date", "Title", "Link"], list(ROW.values()), ["2015", "Größe, naïve; façade", ""]]
    file = tmp_path / "archive.csv"
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    file.write_bytes(text.encode(encoding))
    assert read(file) == [ROW, {"date": "2015", "title": "Größe, naïve; façade", "link": ""}]


def test_a_file_of_one_encoding_with_a_few_letters_of_another_one_is_read(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_bytes("Title\nCafé “talks”, naïve\n".encode() + "Café\n".encode("cp1252"))
    assert [(record.cells["Title"], record.note) for record in records_of(file)] == [
        ("Café “talks”, naïve", "A comma inside a cell had no quotation marks around the cell."),
        ("Caf�", "A letter of it cannot be read. “�” stands in its place."),
    ]


def test_letters_of_windows_far_down_in_a_file_are_read(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_bytes(b"Title\n" + b"A plain headline of the file\n" * 10_000 + "A “quote”\n".encode("cp1252"))
    assert records_of(file)[-1].cells["Title"] == "A “quote”"


def test_lines_that_end_as_on_old_macs_and_a_line_that_names_the_delimiter_are_read(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_bytes(b"sep=;\rTitle;Date\rOne, two;2015\rThree;2016\r")
    assert [row["title"] for row in read(file)] == ["One, two", "Three"]


def test_a_row_with_a_comma_too_many_is_put_together_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_text("Date,Title,Link\n2015,One, two,https://a.org\n2015,One,two,https://a.org\n2014,Short\n")
    joined, refused, short = records_of(file)
    assert joined.cells["Title"] == "One, two" and joined.note
    assert refused.line == 3 and "4 cells" in refused.problem
    assert short.cells == {"Date": "2014", "Title": "Short", "Link": ""}


def test_a_record_is_named_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_text('A list of ours\n\nTitle,Date\n"Two\nlines",2015\nOne,2016\n')
    assert [(record.line, record.cells["Title"]) for record in records_of(file)] == [(4, "Two lines"), (6, "One")]


def test_the_old_listing_is_read_as_text(tmp_path: Path) -> None:
    file = tmp_path / "listing.txt"
    file.write_text(old_listing(12))
    rows = read(file)
    assert len(rows) == 12
    assert rows[1] == {
        "title": "Headline 1 of the old listing",
        "link": "",
        "date": "February 2018",
        "publisher": "The New York Times",
        "text": "What the article with the number 1 says.\nA second paragraph.",
        "tags": "OaklandDetroit Intimate Partner Violence Intervention Custom NotificationsSupport and Outreach",
    }


ITEM = """<div><h3><a href="https://a.org/{0}">Headline {0}</a></h3>{1}<p>Words of it.</p>
<p>Tags: <span>Oakland</span><span>Detroit</span> <span>Support and Outreach</span></p></div>"""
DATE = "<p><em>April 2018</em>&nbsp;|&nbsp;Daily Freeman</p>"


@pytest.mark.parametrize("date_first", [False, True])
def test_the_old_listing_is_read_as_a_web_page(tmp_path: Path, date_first: bool) -> None:
    items = [DATE + ITEM.format(number, "") if date_first else ITEM.format(number, DATE) for number in range(3)]
    file = tmp_path / "news.html"
    file.write_text(
        f"<!doctype html><html><body><nav>April 2018 | Menu</nav>{''.join(items)}<footer>x</footer></body>"
    )
    rows = read(file)
    assert [(row["title"], row["link"]) for row in rows] == [(f"Headline {n}", f"https://a.org/{n}") for n in range(3)]
    assert {(row["date"], row["publisher"], row["text"]) for row in rows} == {
        ("April 2018", "Daily Freeman", "Words of it.")
    }
    assert rows[0]["tags"] == "OaklandDetroit Support and Outreach"


def zip_bomb(file: Path) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(8):
            bomb.writestr(f"xl/worksheets/sheet{number}.xml", bytes(50_000_000))


def entities(file: Path) -> None:
    file.write_text('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel>&a;</channel></rss>')


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("spaces.csv", b"\n  \n", "is empty"),
        ("zeros.csv", b"Title,Date\nA\x00b,2015\n", "zero bytes"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00", "a picture"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel 97"),
        ("text.xlsx", b"Title,Date\nOne,2015\n", "ends in .xlsx, but the file is plain text"),
        ("page.csv", b"<!doctype html><p>Not found</p>", "ends in .csv, but the file is a web page"),
        ("list.csv", b'[{"title": "One"}]', "ends in .csv, but the file is JSON"),
        ("cut.json", b'[{"title": "One"}, {', "is not JSON (line 1)"),
        ("numbers.json", b"[{}, 3]", "not every item"),
        ("feed.rss", b"<?xml version='1.0'?><note/>", "is not an RSS or Atom feed"),
        ("long.csv", b'Title,Date\n"' + b"a" * 1_000_001 + b'",2015\n', "Line 2 has a cell of 1,000,001 characters"),
        ("open.csv", b'Title,Date\n"One,2015\n' + b"Two,2016\n" * 200_000, "quotation mark that is not closed"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert words in refusal(file)


def test_what_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    zip_bomb(tmp_path / "bomb.xlsx")
    entities(tmp_path / "bomb.xml")
    assert "too large once it is unpacked" in refusal(tmp_path / "bomb.xlsx")
    assert "entities" in refusal(tmp_path / "bomb.xml")


def test_a_row_with_a_formula_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    table = tmp_path / "archive.csv"
    table.write_text('Title,Date\n"=HYPERLINK(""x"")",2015\nOne,2016\n')
    book = workbook(tmp_path / "archive.xlsx", [["Title", "Date"], ["=1+1", 2015], ["One", 2016]])
    for file, formula in ((table, '=HYPERLINK("x")'), (book, "=1+1")):
        refused, read = open_archive(file).records
        assert refused.problem == f"A cell has a formula, “{formula}”. Replace it by its value."
        assert (read.cells["Title"], read.problem) == ("One", "")


def test_a_row_with_an_error_of_excel_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_text("Title,Date\n#REF!,2015\nOne,#N/A\nTwo #1,2016\n")
    assert [record.problem.count("Excel’s error") for record in records_of(file)] == [1, 1, 0]


def test_a_few_zero_bytes_in_a_text_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_bytes(b"Title\nO\x00ne\n" + b"Another headline\n" * 20)
    assert next(open_archive(file).records).cells == {"Title": "One"}


def test_a_file_with_more_rows_than_one_may_have_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    file = tmp_path / "archive.csv"
    file.write_text("Title\n" + "One\n" * 4)
    assert refusal(file) == "The file has more than 3 rows. Split it into several files."


def test_columns_are_found_by_their_names_and_can_be_chosen() -> None:
    columns = ["Date Published", "OUTLET:", "Head_line", "Article title", "url"]
    assert matched(columns, {}) == {
        "date": "Date Published",
        "publisher": "OUTLET:",
        "title": "Article title",
        "link": "url",
    }
    assert matched(["datePublished", "headline"], {}) == {"date": "datePublished", "title": "headline"}
    assert matched(columns, {"headline": "head_line", "url": ""})["title"] == "Head_line"
    for chosen, words in (({"color": "x"}, "no field “color”"), ({"title": "x"}, "no column “x”")):
        with pytest.raises(UnknownColumn, match=words):
            matched(columns, chosen)
    with pytest.raises(UnknownColumn, match="headline"):
        matched(["Date"], {})
