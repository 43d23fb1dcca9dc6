"""Archives in the forms in which they come: made up, with the faults that such lists have."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]

from tests import factories

PLACES = ("Oakland", "Detroit", "High Point", "Newburgh", "York")
STRATEGIES = ("Group Violence Intervention", "Intimate Partner Violence Intervention")
COMPONENTS = ("Custom Notifications", "Support and Outreach")
PUBLISHERS = ("Daily Freeman", "The New York Times", "USA TODAY")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


def make_names() -> None:
    """The terms and publishers that most rows name."""
    for name in PLACES:
        factories.PlaceTermFactory(name=name, region="NC" if name == "High Point" else "")
    for name in STRATEGIES:
        factories.StrategyTermFactory(name=name)
    for name in COMPONENTS:
        factories.ComponentTermFactory(name=name)
    for name in PUBLISHERS:
        factories.PublisherFactory(name=name)


def old_listing(number: int) -> str:
    """So many items of the old site, copied as text, the newest first."""
    items = []
    for count in range(number):
        places = "".join(PLACES[: 1 + count % 4])
        month = f"{MONTHS[count % 10]} {2018 - count * 4 // number}"
        items.append(
            f"Headline {count} of the old listing\n{month}\u00a0|\u00a0{PUBLISHERS[count % 3]}\n"
            f"What the article with the number {count} says.\nA second paragraph.\n"
            f"Tags: {places} {STRATEGIES[count % 2]} {''.join(COMPONENTS)}\n"
        )
    return "News & Updates\n\n" + "\n".join(items)


def dirty_csv(number: int) -> bytes:
    """A file as Excel writes it abroad, with ten kinds of dirt. Of ten rows, six are new, two refused, two on file.

    The dirt: Windows letters, semicolons, a title above the headings, empty lines, a break in a cell, quotes in a
    cell, day numbers, dates that cannot be, wrapped and tracked links, a semicolon without quotes around its cell.
    """
    lines = ["Press mentions;;;;", "", "Date ;SOURCE;Article Title;URL;Tags"]
    for block in range(number // 10):
        link = f"https://example.org/{block}"
        lines += [
            f"April 2016;Daily Freeman;A plain row {block};{link}/plain?utm_campaign=a;Oakland",
            f'4/3/2016;"New York Times, The";"“Nobody asked,” a mother says {block}";{link}/quotes;{STRATEGIES[0]}',
            f'2015;USA TODAY;"Two lines\nin one cell {block}";{link}/lines;DetroitHigh Point {STRATEGIES[1]}',
            f'42461;USA TODAY;"The ""safest"" city {block}";{link}/number;High Point, NC',
            f"Apr-16;usa today;A short month {block};{link}/month;Newburgh",
            "",
            f"Sometime;Daily Freeman;No date to speak of {block};{link}/sometime;Oakland",
            f"April 2016;Daily Freeman;;{link}/nothing;Oakland",
            f"May 2016;Daily Freeman;The same link again {block};http://www.example.org/{block}/plain/;Oakland",
            f"April 2016;DAILY FREEMAN;a  plain ROW {block};;Oakland",
            f"2014;Daily Freeman;First, they asked; then they came {block};{link}/cut;Oakland;",
        ]
    return "\r\n".join(lines).encode("cp1252")


def repeating_csv(rows: int, items: int) -> str:
    """A file of so many rows that says the same items again and again."""
    lines = [
        f"{2018 - count * 20 // items},{PUBLISHERS[count % 3]},A row said again {count},https://example.org/again/{count},"
        f"{PLACES[count % 5]}; {PLACES[(count + 1) % 5]}"
        for count in range(items)
    ]
    return "\n".join(["Date,Source,Title,Link,Tags", *(lines[row % items] for row in range(rows))])


def rss(number: int) -> str:
    items = "".join(
        f"<item><title>Entry {count} &amp; more</title><link>https://example.org/feed/{count}?fbclid=x</link>"
        f"<pubDate>Fri, 01 Apr 2016 21:{count:02}:00 -0400</pubDate><category>Oakland</category>"
        "<description>&lt;p&gt;The words of the paper.&lt;/p&gt;</description></item>"
        for count in range(number)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>USA TODAY</title>{items}</channel></rss>'


def workbook(file: Path, rows: Iterable[Iterable[Any]], formats: dict[str, str] | None = None) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    book.save(file)
    return file
