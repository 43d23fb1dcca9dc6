"""Workbooks, JSON and feeds are read in the ways in which programs write them."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

from tests.news.archive.archives import rss, workbook
from tests.news.archive.rows import read


def test_dates_of_a_workbook_are_as_precise_as_they_are_shown(tmp_path: Path) -> None:
    day = datetime(2016, 4, 3)
    rows: list[list[object]] = [["Date", "Title"], [day, "Day"], [day, "Month"], [42461, "Number"], [2015, "Year"]]
    file = workbook(tmp_path / "archive.xlsx", rows, {"A2": "m/d/yy", "A3": "mmm\\-yy"})
    assert [row["date"] for row in read(file)] == ["2016-04-03", "2016-04", "42461", "2015"]


def test_a_workbook_that_counts_days_from_1904_has_the_dates_it_shows(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["Title", "Date"], ["Shown as a date", datetime(2016, 4, 1)], ["42461", 40999], ["Year", 2015]):
        book.active.append(row)
    book.save(tmp_path / "archive.xlsx")
    rows = read(tmp_path / "archive.xlsx")
    assert [row["date"] for row in rows] == ["2016-04-01", "42461", "2015"]
    assert rows[1]["title"] == "42461"


def test_the_list_of_a_workbook_may_stand_on_a_later_sheet(tmp_path: Path) -> None:
    file = workbook(tmp_path / "archive.xlsx", [["Made by hand from old lists"], ["Ask the office"]])
    book = load_workbook(file)
    sheet = book.create_sheet("List")
    for row in (["Title", "Date"], ["One", 2015]):
        sheet.append(row)
    book.save(file)
    assert read(file) == [{"title": "One", "date": "2015"}]


@pytest.mark.parametrize("size", ["A1", "A1:XFD1048576"])
def test_a_workbook_whose_size_is_written_wrong_is_read_as_a_whole(tmp_path: Path, size: str) -> None:
    right = workbook(tmp_path / "right.xlsx", [["Title", "Date"], ["One", 2015], ["Two", 2016]])
    with ZipFile(right) as parts, ZipFile(tmp_path / "wrong.xlsx", "w") as wrong:
        for name in parts.namelist():
            content = parts.read(name)
            wrong.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % size.encode(), content))
    assert [row["title"] for row in read(tmp_path / "wrong.xlsx")] == ["One", "Two"]


def test_json_is_a_list_an_object_with_one_or_a_feed(tmp_path: Path) -> None:
    item = {"headline": "One", "url": "https://a.org/", "tags": ["Oakland", {"name": "Detroit"}], "year": 2015.0}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"title": "One", "url": "https://ours.org/", "external_url": "https://a.org/", "tags": ["Oakland"]}],
    }
    for content, tags in (([item], "Oakland; Detroit"), ({"results": [item]}, "Oakland; Detroit"), (feed, "Oakland")):
        file = tmp_path / "archive.json"
        file.write_text(json.dumps(content))
        (row,) = read(file)
        assert (row["title"], row["link"], row["tags"]) == ("One", "https://a.org/", tags)


@pytest.mark.parametrize(
    "content",
    [
        [{"title": {"rendered": "Mayor&#8217;s <i>plan</i>"}, "date": "2016-04-03", "link": "https://a.org/"}],
        {"status": "ok", "tags": ["a", "b"], "response": {"docs": [{"article": {"headline": "Mayor’s plan"}}]}},
        {"@graph": [{"@type": "NewsArticle", "headline": "Mayor’s plan", "publisher": {"name": "USA TODAY"}}]},
        [{"id": 3, "headline": {"main": "Mayor’s plan", "print": "The plan"}, "text": {}}],
        [{"headline": "Mayor’s plan", "meta": {"headline": "Another", "date": None}, "image": {}}],
    ],
)
def test_the_headline_is_found_in_json_however_deep_it_stands(tmp_path: Path, content: Any) -> None:
    file = tmp_path / "archive.json"
    file.write_text(json.dumps(content))
    assert [row["title"] for row in read(file)] == ["Mayor’s plan"]


def test_feeds_are_read_without_the_words_of_the_paper(tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_text(rss(50))
    (tmp_path / "feed.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>USA TODAY</title><entry><title>Entry</title>'
        '<link href="https://a.org/"/><updated>2016-04-02T01:00:00Z</updated><summary>Words</summary></entry></feed>'
    )
    rows = read(tmp_path / "feed.rss")
    assert len(rows) == 50 and rows[1]["title"] == "Entry 1 & more" and "summary" not in rows[1]
    assert read(tmp_path / "feed.atom")[0]["date"] == "2016-04-02T01:00:00Z"


def test_a_feed_is_told_below_a_comment_and_its_headlines_are_plain(tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_text(
        "<!-- made by a program -->\n<rss version='2.0'><channel><title>Gazette</title><item>"
        "<title><![CDATA[Guns &amp; <b>schools</b>]]></title><link>https://a.org/</link></item></channel></rss>"
    )
    assert read(file)[0]["title"] == "Guns & schools"
