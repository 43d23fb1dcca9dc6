"""The nine stats of the organization show place, population and status on every page."""

import csv
import io

import pytest
from bs4 import Tag
from django.test import Client

from impact.models import ImpactStat
from tests.impact.reading import one, page_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("loaded")]


def loaded_stats() -> list[ImpactStat]:
    stats = list(ImpactStat.objects.live().with_evidence().in_order())
    assert len(stats) == 9
    return stats


def assert_whole(stat: ImpactStat, element: Tag) -> None:
    words = words_of(element)
    for part in (stat.figure, stat.spoken_value, str(stat.place), stat.whole_sentence, stat.status_words):
        assert part in words, f"{part!r} is missing from {words!r}"
    assert stat.status_class in element.select(".numeral")[0]["class"]


def test_home_shows_each_whole_in_order(client: Client) -> None:
    shown = page_of(client.get("/")).select(".figures article.figure")
    for stat, element in zip(loaded_stats(), shown, strict=True):
        assert_whole(stat, element)
        assert stat.status_class in element["class"]


def test_the_impact_page_shows_each_whole_by_outcome(client: Client) -> None:
    page = page_of(client.get("/impact/"))
    groups = ("shootings", "homicides", "drugs", "other")
    ordered = sorted(loaded_stats(), key=lambda stat: groups.index(stat.outcome_group))
    rows = [row for row in page.select("main table tbody tr") if row.select("td")]
    for stat, row in zip(ordered, rows, strict=True):
        assert_whole(stat, row)
    for stat, row in zip(ordered, page.select(".chart-item"), strict=True):
        for part in (stat.figure, str(stat.place), stat.whole_sentence):
            assert part in words_of(row)
        assert stat.status_words not in words_of(row), "The key and the table say it."
    headings = [words_of(row) for row in page.select("table tr.group")]
    assert headings == ["Shootings and victims", "Homicides", "Drug offenses", "Other outcomes"]


def test_the_chart_stands_where_the_database_says(client: Client) -> None:
    for element in page_of(client.get("/impact/")).select(".chart-item"):
        (stat,) = [
            stat for stat in loaded_stats() if f"{stat.place} {stat.figure} {stat.whole_sentence}" in words_of(element)
        ]
        ends = [value for value in (stat.value_low, stat.value_high) if value is not None]
        assert [float(str(mark["cx"]).rstrip("%")) for mark in element.select("circle")] == [
            float(end) for end in ends
        ]


def test_what_studies_report_instead_is_drawn(client: Client) -> None:
    labels = [words_of(label) for label in page_of(client.get("/impact/")).select(".chart-row text")]
    assert labels == ["study: 31%", "assessment: 5.5%", "study: 28%"]


@pytest.mark.parametrize("ending", ["", "embed/"])
def test_its_own_page_and_its_embed_show_each_whole(client: Client, ending: str) -> None:
    for stat in loaded_stats():
        assert_whole(stat, one(page_of(client.get(f"{stat.get_absolute_url()}{ending}")), "main"))


def test_csv_and_json_hold_all_nine(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/impact/figures.csv").content.decode("utf-8-sig"), newline="")))
    records = client.get("/impact/figures.json").json()["figures"]
    for stat, row, record in zip(loaded_stats(), rows, records, strict=True):
        for name, value in {
            "figure": stat.figure,
            "sentence": stat.whole_sentence,
            "place": str(stat.place),
            "status_in_words": stat.status_words,
            "strategy": str(stat.strategy),
        }.items():
            assert row[name] == record[name] == value
