"""Finds out which column of a file holds what."""

import re
from collections.abc import Iterable, Mapping

from site_core.fields.text import comparable

# What a row can say, by the name of the field, with the headings under which it is found.
HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "heading", "article", "article title", "article headline", "name", "story"),
    "publisher": (
        *(
            "publisher",
            "publication",
            "source",
            "outlet",
            "media outlet",
            "news outlet",
            "newspaper",
            "media",
            "paper",
        ),
        *("published in", "published by", "publication name", "site name", "news source", "journal", "where"),
    ),
    "date": (
        *("date", "published", "publication date", "pub date", "pubdate", "date published", "published on", "when"),
        *("published at", "article date", "date of publication", "month", "issued", "created", "updated"),
    ),
    "link": (
        *(
            "link",
            "url",
            "web address",
            "address",
            "href",
            "permalink",
            "article link",
            "link to article",
            "hyperlink",
        ),
        *("external url", "article url", "web link", "website", "link to the article"),
    ),
    "tags": ("tags", "tag", "keywords", "topics", "categories", "category", "terms", "subjects", "labels"),
    "places": ("places", "place", "city", "cities", "location", "locations"),
    "initiatives": ("initiatives", "initiative"),
    "strategies": ("strategies", "strategy"),
    "components": ("components", "component"),
    "summary": ("summary", "description", "abstract", "teaser", "excerpt", "blurb", "synopsis"),
    "author": ("author", "authors", "byline", "writer", "reporter", "by", "written by", "creator"),
    "item_type": ("type", "item type", "kind", "format", "type of piece"),
    "text": ("text", "body", "content", "paragraphs"),
}
# Other names of the fields in the command's --map.
ALSO = {"headline": "title", "url": "link", "source": "publisher", "type": "item_type", "body": "text"}
LABELS = {
    **{name: name.capitalize() for name in HEADINGS},
    "title": "Headline",
    "item_type": "Type",
    "text": "Text",
}
_BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings}


class UnknownColumn(Exception):
    """What was to be matched is not there. The message is a sentence."""


def fields_named(headings: Iterable[str]) -> dict[str, str]:
    """The heading for each field that one names. Of two for the same field, the first."""
    found: dict[str, str] = {}
    for heading in headings:
        if name := _BY_HEADING.get(plain_heading(heading)):
            found.setdefault(name, heading)
    return found


def plain_heading(heading: str) -> str:
    """“Date_Published:” and “datePublished” as “date published”."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[^\w]+|_", " ", comparable(words)).split())


def matched(columns: list[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The column of each field: those chosen, and of the others those that name one. "" chooses none.

    Raises UnknownColumn for a field or column that is not there, and if no column holds the headline.
    """
    by_heading = {plain_heading(column): column for column in columns}
    picked = {}
    for name, column in chosen.items():
        name = ALSO.get(name, name)
        if name not in HEADINGS:
            raise UnknownColumn(f"There is no field “{name}”. The fields are {', '.join(HEADINGS)}.")
        found = column if column in columns else by_heading.get(plain_heading(column))
        if column and found is None:
            raise UnknownColumn(f"There is no column “{column}”. The columns are {', '.join(columns)}.")
        picked[name] = found or ""
    guessed = fields_named([column for column in columns if column not in picked.values()])
    columns_of = {name: column for name, column in (guessed | picked).items() if column}
    if "title" not in columns_of:
        raise UnknownColumn(f"No column is named like a headline. The columns are {', '.join(columns)}.")
    return columns_of
