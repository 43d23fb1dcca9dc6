"""Broken content files: one message with file, entry and field, and nothing half-loaded."""

from pathlib import Path

import pytest

from home.content_loader import ContentError, load_content
from home.models import LoadedEntry
from tests.home.content_files import change, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("loaded")]

# A change to a file, and the message that it causes.
BROKEN = {
    "bad YAML": ("terms.yaml", "  - name: Boston", "  - name: [Boston", "terms.yaml, line "),
    "unknown field": (
        "terms.yaml",
        "    region: MA",
        "    regoin: MA",
        "terms.yaml, entry “Boston”, field “regoin”: there is no such field.",
    ),
    "missing field": (
        "news.yaml",
        '    date: "2018-04"\n',
        "",
        "news.yaml, entry “violent-crime-in-the-united-states”, field “date”: is missing.",
    ),
    "missing name": ("terms.yaml", "  - name: Boston\n    region", "  - region", "entry “places 1”, field “name”"),
    "field twice": ("terms.yaml", "    region: MA", "    region: MA\n    region: NY", "“region” is there twice"),
    "number for text": (
        "news.yaml",
        'before_period: "2015"',
        "before_period: 2015",
        "field “body 2, before_after, before_period”: must be text",
    ),
    "unknown term": (
        "figures.yaml",
        "place: Boston",
        "place: Atlantis",
        "figures.yaml, entry “boston-shootings”, field “place”: there is no place “Atlantis”",
    ),
    "unknown tag": (
        "news.yaml",
        "places: [Kingston]",
        "places: [Atlantis]",
        "entry “ulster-county-launches-first-in-ny-effort”, field “places”: there is no place “Atlantis”",
    ),
    "unknown publisher": (
        "news.yaml",
        "publisher: Daily Freeman",
        "publisher: Daily Planet",
        "field “publisher”: there is no publisher “Daily Planet”",
    ),
    "unknown study": (
        "figures.yaml",
        "study: Corsaro and Engel 2015",
        "study: Nobody 2015",
        "field “evidence 1, study”: there is no study “Nobody 2015”",
    ),
    "unknown page": (
        "pages.yaml",
        "link: method",
        "link: methods",
        "pages.yaml, entry “home”, field “body 5, impact, link”: there is no page “methods”",
    ),
    "unknown page in a text": (
        "pages.yaml",
        'href="page:impact"',
        'href="page:impacts"',
        "entry “start-here”, field “body 10, text”: there is no page “impacts”",
    ),
    "low above high": (
        "figures.yaml",
        "value_low: 44\n    value_high: 56",
        "value_low: 56\n    value_high: 44",
        "figures.yaml, entry “high-point-drug-offenses”, field “value_high”: The upper end must be more than 56.",
    ),
    "over 100%": ("figures.yaml", "value_low: 55", "value_low: 155", "field “value_low”: Nothing can fall by more"),
    "unknown relation": ("figures.yaml", "relation: unchecked", "relation: maybe", "field “evidence 1, relation”"),
    "use without a date": (
        "strategies.yaml",
        'since: "2012"',
        "since: recently",
        "entry “group-violence-intervention”, field “uses 5, since”: “recently” is not a date.",
    ),
    "news item that is none": (
        "strategies.yaml",
        "news_item: taking-aim-at-gun-violence-with-personal-deterrence",
        "news_item: press",
        "field “uses 3, news_item”: “press” is of another kind.",
    ),
    "no date": ("news.yaml", 'date: "2018-04"', 'date: "2018-13"', "field “date”"),
    "unknown type": ("news.yaml", "item_type: podcast", "item_type: song", "field “item_type”"),
    "unknown page type": ("pages.yaml", "type: impact page", "type: results page", "entry “impact”, field “type”"),
    "unknown block": ("pages.yaml", "- mission:", "- vision:", "field “body 1”: there is no block “vision”"),
    "unknown field of a block": (
        "pages.yaml",
        "          link_text: How",
        "          label: How",
        "field “body 1, mission, label”: there is no such field",
    ),
    "value that a block refuses": (
        "pages.yaml",
        "number: 6",
        "number: 60",
        "field “body 4, number”",
    ),
    "summary too long": (
        "pages.yaml",
        "Who we are, what",
        "Who we are, what " * 30,
        "entry “about”, field “summary”",
    ),
    "same name twice": ("terms.yaml", "name: Chicago", "name: boston", "entry “boston”, field “name”: another place"),
    "unknown list": ("terms.yaml", "initiatives:", "initiative:", "“initiative”: there is no such list"),
}


@pytest.mark.parametrize(("file", "old", "new", "expected"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_file_is_named_and_nothing_changes(
    folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    # A valid change beside the broken one, which must not be loaded either.
    change(folder, "terms.yaml", "larger_place: Ulster County", "has_page: true")
    change(folder, file, old, new)
    before = row_counts(), list(LoadedEntry.objects.order_by("key").values())
    with pytest.raises(ContentError) as refused:
        load_content(folder)
    assert expected in str(refused.value)
    assert str(refused.value).startswith(file)
    assert "\n" not in str(refused.value)
    assert (row_counts(), list(LoadedEntry.objects.order_by("key").values())) == before


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "news.yaml").unlink()
    with pytest.raises(ContentError, match=r"^news\.yaml: there is no such file"):
        load_content(folder)
